import { useState } from "react";
import { useTranslation } from "react-i18next";
import { serverNow } from "../api/clock";
import type { Payment } from "../api/payments";
import type { Reservation } from "../api/reservations";
import { remaining } from "../format/time";
import { useNow } from "../format/useNow";
import { ButtonLink } from "../ui/Button";
import { Notice } from "../ui/Notice";
import { Spinner } from "../ui/Spinner";
import styles from "./Outcome.module.css";

/** What became of a payment, in words, with the way on. */
export function Outcome({
  payment,
  reservation,
}: {
  payment: Payment;
  reservation: Reservation | undefined;
}) {
  const { t } = useTranslation("sale");
  const { reservationId } = payment;
  switch (payment.status) {
    case "PROCESSING":
      return <Processing />;
    case "SUCCESS":
      return (
        <Notice
          kind="good"
          title={t("result.successTitle")}
          actions={
            reservationId ? (
              <>
                <ButtonLink to={`/reservations/${reservationId}/tickets`}>{t("result.tickets")}</ButtonLink>
                <ButtonLink kind="secondary" to={`/reservations/${reservationId}`}>
                  {t("result.reservation")}
                </ButtonLink>
              </>
            ) : (
              <ButtonLink to="/points">{t("result.points")}</ButtonLink>
            )
          }
        >
          {reservationId && t("result.success")}
        </Notice>
      );
    case "REFUNDED":
      return (
        <Notice kind="info" title={t("result.refundedTitle")}>
          {t("result.refunded")}
        </Notice>
      );
    case "FAILED":
      return <Failed payment={payment} reservation={reservation} />;
  }
}

const SLOW_MS = 8_000;

function Processing() {
  const { t } = useTranslation("sale");
  const now = useNow();
  const [since] = useState(serverNow);
  return (
    <div className={styles.processing} role="status">
      <Spinner />
      <div>
        <h2>{t("result.processingTitle")}</h2>
        <p>{now - since > SLOW_MS ? t("result.slow") : t("result.processing")}</p>
      </div>
    </div>
  );
}

function Failed({ payment, reservation }: { payment: Payment; reservation: Reservation | undefined }) {
  const { t } = useTranslation("sale");
  const now = useNow();
  const left =
    reservation?.status === "PENDING" && reservation.expiresAt ? Date.parse(reservation.expiresAt) - now : 0;
  return (
    <>
      <Notice kind="bad" title={t("result.failedTitle")}>
        {t(`result.failure.${payment.failureCode ?? "other"}`)}
      </Notice>
      {reservation && left > 0 && (
        <>
          <p role="timer">{t("result.heldUntil", { time: remaining(left) })}</p>
          <div>
            <ButtonLink to={`/reservations/${reservation.id}/checkout`}>{t("result.again")}</ButtonLink>
          </div>
        </>
      )}
      {reservation && left <= 0 && (
        <>
          <p>{t("result.heldNoMore")}</p>
          <div>
            <ButtonLink
              to={`/events/${reservation.performance.eventId}/performances/${reservation.performance.id}`}
            >
              {t("checkout.backToSeats")}
            </ButtonLink>
          </div>
        </>
      )}
    </>
  );
}
