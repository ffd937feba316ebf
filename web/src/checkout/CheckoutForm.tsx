import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { points as pointsOf } from "../api/points";
import { asProblem } from "../api/problem";
import type { Reservation } from "../api/reservations";
import { points as inPoints, money } from "../format/money";
import { useTranslation } from "../i18n/useTranslation";
import { Button } from "../ui/Button";
import { Notice } from "../ui/Notice";
import { ProblemNotice } from "../ui/ProblemNotice";
import styles from "./CheckoutForm.module.css";
import { GiveBack } from "./GiveBack";
import { mostPoints, splitOf } from "./order";
import { PointsChoice } from "./PointsChoice";
import { usePay } from "./usePay";

interface CheckoutFormProps {
  reservation: Reservation;
  seatsPath: string;
  /** Why the gateway's form came back without a payment. */
  declined: string | null;
}

/** How to pay, and the button that does. */
export function CheckoutForm({ reservation, seatsPath, declined }: CheckoutFormProps) {
  const { t } = useTranslation("sale");
  const { totalAmount, currency } = reservation;
  const balance = useQuery(pointsOf());
  const [wanted, setWanted] = useState(0);
  const pay = usePay(reservation);
  const most = mostPoints(totalAmount, currency, balance.data?.balance ?? 0);
  const split = splitOf(totalAmount, wanted, most);
  const failures = t("checkout.failed", { returnObjects: true });
  const closed = asProblem(pay.error).code === "closed" ? "PAY_PROCESS_CANCELED" : null;
  // Of two tries, the later one is what is told of.
  const why = pay.isError ? closed : declined;

  return (
    <section className={styles.form}>
      <h2>{t("checkout.method")}</h2>
      {why !== null && (
        <Notice kind="warn" title={(failures as Record<string, string>)[why] ?? failures.other}>
          {t("checkout.notCharged")}
        </Notice>
      )}
      {currency === "KRW" &&
        (balance.data ? (
          <PointsChoice
            value={split.points}
            most={most}
            balance={balance.data.balance}
            onChange={setWanted}
          />
        ) : (
          balance.error && <ProblemNotice error={balance.error} onRetry={() => void balance.refetch()} />
        ))}
      <dl className={styles.split}>
        {split.points > 0 && (
          <>
            <dt>{t("checkout.byPoints")}</dt>
            <dd>{inPoints(split.points)}</dd>
          </>
        )}
        <dt>{t("checkout.card")}</dt>
        <dd>{money(split.card, currency)}</dd>
      </dl>
      {pay.isError && why === null && (
        <ProblemNotice error={pay.error} texts={t("checkout.problem", { returnObjects: true })} />
      )}
      <Button kind="primary" wide busy={pay.isPending} onClick={() => pay.mutate(split)}>
        {split.card === 0
          ? t("checkout.payPoints", { points: inPoints(split.points) })
          : t("checkout.payCard", { amount: money(split.card, currency) })}
      </Button>
      {split.card > 0 && <p className={styles.hint}>{t("checkout.cardHint")}</p>}
      <GiveBack reservationId={reservation.id} seatsPath={seatsPath} />
    </section>
  );
}
