import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { payment } from "../../api/payments";
import { asProblem } from "../../api/problem";
import type { Reservation } from "../../api/reservations";
import { money } from "../../format/money";
import { localTime } from "../../format/time";
import { useTranslation } from "../../i18n/useTranslation";
import { usePlace } from "../../tickets/usePlace";
import { ButtonLink } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { CancelButton } from "./CancelButton";
import { Paid } from "./Paid";
import styles from "./Reservation.module.css";
import { Standing } from "./Standing";
import type { State } from "./state";
import { useReservation } from "./useReservation";
import { When } from "./When";

/** One reservation: where it stands, what it is for, and what can be done with it. */
export default function ReservationPage() {
  const { t } = useTranslation("account");
  const { reservationId = "" } = useParams();
  const { query, state, now } = useReservation(reservationId);
  const paymentId = query.data?.paymentId ?? null;
  const paid = useQuery({ ...payment(paymentId ?? ""), enabled: paymentId !== null });
  // At first with how it was paid, or what stands below would move when that is known. What is shown then stays.
  const [isShown, setShown] = useState(false);
  if (!isShown && query.data !== undefined) {
    if (paymentId !== null && paid.isPending) return <Loading />;
    setShown(true);
  }
  if (query.data === undefined || state === null) {
    if (query.error === null) return <Loading />;
    return (
      <Page title={t("reservation.title")} narrow>
        <ProblemNotice
          error={query.error}
          texts={{ not_found: t("reservation.notFound") }}
          onRetry={() => void query.refetch()}
        />
        {!asProblem(query.error).isTransient && (
          <div>
            <ButtonLink to="/reservations">{t("reservations.title")}</ButtonLink>
          </div>
        )}
      </Page>
    );
  }
  const reservation = query.data;
  return (
    <Page title={reservation.performance.title}>
      <Standing reservation={reservation} state={state} now={now} />
      <div className={styles.columns}>
        <Card>
          <h2>{t("reservation.seats", { count: reservation.seats.length })}</h2>
          <Seats reservation={reservation} />
        </Card>
        <div className={styles.column}>
          <Card>
            <h2>{t("reservation.event")}</h2>
            <Event reservation={reservation} />
            <p>
              <Link className={styles.link} to={`/events/${reservation.performance.eventId}`}>
                {t("reservation.toEvent")}
              </Link>
            </p>
          </Card>
          <Actions reservation={reservation} state={state} />
        </div>
      </div>
    </Page>
  );
}

function Seats({ reservation: { seats, totalAmount, currency, paymentId } }: { reservation: Reservation }) {
  const { t } = useTranslation("account");
  const placeOf = usePlace();
  return (
    <>
      <ul className={styles.seats}>
        {seats.map((seat) => (
          <li key={seat.id} className={styles.seat}>
            <span>
              {seat.section} · <strong>{placeOf(seat)}</strong>
            </span>
            <span className={styles.price}>{money(seat.price, currency)}</span>
          </li>
        ))}
      </ul>
      <p className={styles.total}>
        <span>{t("reservation.total")}</span>
        <span>{money(totalAmount, currency)}</span>
      </p>
      {paymentId !== null && <Paid paymentId={paymentId} />}
    </>
  );
}

function Event({ reservation: { id, performance, createdAt } }: { reservation: Reservation }) {
  const { t } = useTranslation("account");
  return (
    <dl className={styles.facts}>
      <dt>{t("reservation.when")}</dt>
      <dd>
        <When startsAt={performance.startsAt} timeZone={performance.timeZone} />
      </dd>
      <dt>{t("reservation.where")}</dt>
      <dd>{performance.venue}</dd>
      <dt>{t("reservation.madeAt")}</dt>
      <dd>{localTime(createdAt)}</dd>
      <dt>{t("reservation.number")}</dt>
      <dd>{id}</dd>
    </dl>
  );
}

function Actions({ reservation, state }: { reservation: Reservation; state: State }) {
  return (
    <div className={styles.actions}>
      <CancelButton
        reservation={reservation}
        isPaid={state !== "toPay"}
        isPossible={state === "toPay" || state === "confirmed"}
      />
    </div>
  );
}
