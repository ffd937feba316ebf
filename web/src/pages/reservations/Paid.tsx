import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { payment } from "../../api/payments";
import { money, points } from "../../format/money";
import styles from "./Reservation.module.css";

/** By what a reservation was paid. Nothing is shown until it is known: it is no news. */
export function Paid({ paymentId }: { paymentId: string }) {
  const { t } = useTranslation("account");
  const { data } = useQuery(payment(paymentId));
  if (data === undefined || data.status === "FAILED") return null;
  return (
    <dl className={styles.quote}>
      {data.pointUsed > 0 && (
        <>
          <dt>{t("reservation.byPoints")}</dt>
          <dd>{points(data.pointUsed)}</dd>
        </>
      )}
      {data.cardAmount > 0 && (
        <>
          <dt>{t("reservation.byCard")}</dt>
          <dd>{money(data.cardAmount, data.currency)}</dd>
        </>
      )}
    </dl>
  );
}
