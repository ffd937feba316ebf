import { useState } from "react";
import { serverNow } from "../api/clock";
import type { Payment } from "../api/payments";
import type { Reservation } from "../api/reservations";
import { remaining } from "../format/time";
import { useNow } from "../format/useNow";
import { useTranslation } from "../i18n/useTranslation";
import { stateOf } from "../pages/reservations/state";
import { ButtonLink } from "../ui/Button";
import { Notice } from "../ui/Notice";
import { Spinner } from "../ui/Spinner";
import styles from "./Outcome.module.css";
import { Over } from "./Over";

interface OutcomeProps {
  payment: Payment;
  reservation: Reservation | undefined;
}

/** What became of a payment, in words, with the way on. */
export function Outcome({ payment, reservation }: OutcomeProps) {
  const { t } = useTranslation("sale");
  const { reservationId, status } = payment;
  if (status === "FAILED") return <Failed payment={payment} reservation={reservation} />;
  // What was paid for is given a moment after the payment; or the money back, if the seats were gone.
  const isGiven = reservationId === null || reservation?.status === "CONFIRMED";
  const isOpen =
    !reservation || reservation.status === "PENDING" || reservation.paymentStatus === "PROCESSING";
  if (status === "PROCESSING" || (status === "SUCCESS" && !isGiven && isOpen)) {
    return <Processing isPaid={status === "SUCCESS"} />;
  }
  const onward = (
    <ButtonLink kind="secondary" to={reservationId ? `/reservations/${reservationId}` : "/points"}>
      {t(reservationId ? "result.reservation" : "result.points")}
    </ButtonLink>
  );
  if (status === "REFUNDED" || !isGiven) {
    return (
      <Notice kind="info" title={t("result.refundedTitle")} actions={onward}>
        {t("result.refunded")}
      </Notice>
    );
  }
  return (
    <Notice
      kind="good"
      title={t("result.successTitle")}
      actions={
        <>
          {reservationId && (
            <ButtonLink to={`/reservations/${reservationId}/tickets`}>{t("result.tickets")}</ButtonLink>
          )}
          {onward}
        </>
      }
    >
      {reservationId && t("result.success")}
    </Notice>
  );
}

const SLOW_MS = 8_000;

function Processing({ isPaid }: { isPaid: boolean }) {
  const { t } = useTranslation("sale");
  const now = useNow();
  const [since] = useState(serverNow);
  const text = isPaid ? "confirming" : now - since > SLOW_MS ? "slow" : "processing";
  return (
    <div className={styles.processing} role="status">
      <Spinner />
      <div>
        <h2>{t("result.processingTitle")}</h2>
        <p>{t(`result.${text}`)}</p>
      </div>
    </div>
  );
}

function Failed({ payment, reservation }: OutcomeProps) {
  const { t } = useTranslation("sale");
  const now = useNow();
  const state = reservation && stateOf(reservation, now);
  // The reservation hears of its payment a moment later.
  const isKnown = state !== "paying" || reservation?.paymentId !== payment.id;
  return (
    <>
      <Notice kind="bad" title={t("result.failedTitle")}>
        {t(`result.failure.${payment.failureCode ?? "other"}`)}
      </Notice>
      {reservation && state === "toPay" && (
        <>
          <p role="timer">
            {t("result.heldUntil", { time: remaining(Date.parse(reservation.expiresAt ?? "") - now) })}
          </p>
          <div>
            <ButtonLink to={`/reservations/${reservation.id}/checkout`}>{t("result.again")}</ButtonLink>
          </div>
        </>
      )}
      {/* Another payment may have been made since. */}
      {reservation && state !== "toPay" && isKnown && <Over reservation={reservation} />}
    </>
  );
}
