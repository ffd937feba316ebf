import { useEffect, useRef } from "react";
import type { Reservation } from "../../api/reservations";
import { money } from "../../format/money";
import { remaining } from "../../format/time";
import { useTranslation } from "../../i18n/useTranslation";
import { ButtonLink } from "../../ui/Button";
import { Notice } from "../../ui/Notice";
import styles from "./Reservation.module.css";
import type { State } from "./state";

interface StandingProps {
  reservation: Reservation;
  state: State;
  /** The server's time. */
  now: number;
}

const KINDS = {
  toPay: "info",
  paying: "info",
  expired: "info",
  confirmed: "good",
  past: "info",
  released: "info",
  refunding: "info",
  refunded: "good",
  partlyRefunded: "good",
} as const;

/** Where a reservation stands, in words, and the one thing to do next. */
export function Standing({ reservation, state, now }: StandingProps) {
  const { t } = useTranslation("account");
  const { id, status, totalAmount, currency, expiresAt, paymentId, cancelledBy, paymentStatus } = reservation;
  const byOrganizer = cancelledBy === "ORGANIZER";
  const hasFailed = state === "toPay" && paymentStatus === "FAILED";
  const text = state === "paying" && status !== "PENDING" ? "payingLate" : state;
  const here = useRef<HTMLDivElement>(null);
  const before = useRef(state);
  useEffect(() => {
    if (before.current === state) return;
    before.current = state;
    // The button that was pressed is gone with the state it belonged to.
    if (document.activeElement === document.body) here.current?.focus();
  }, [state]);
  return (
    <div ref={here} tabIndex={-1} className={styles.standing}>
      <Notice
        kind={KINDS[state]}
        title={t(`state.${state}`)}
        actions={
          <>
            {state === "toPay" && (
              <ButtonLink to={`/reservations/${id}/checkout`}>{t("reservation.pay")}</ButtonLink>
            )}
            {state === "paying" && paymentId !== null && (
              <ButtonLink to={`/payments/${paymentId}`}>{t("reservation.toPayment")}</ButtonLink>
            )}
            {state === "confirmed" && (
              <ButtonLink to={`/reservations/${id}/tickets`}>{t("reservation.toTickets")}</ButtonLink>
            )}
          </>
        }
      >
        {byOrganizer && <p>{t("standing.calledOff")}</p>}
        {hasFailed && <p>{t("standing.paymentFailed")}</p>}
        <p>{t(`standing.${text}`, { amount: money(totalAmount, currency) })}</p>
        {state === "toPay" && expiresAt !== null && (
          <p>
            {t("standing.timeLeft")} <strong role="timer">{remaining(Date.parse(expiresAt) - now)}</strong>
          </p>
        )}
      </Notice>
    </div>
  );
}
