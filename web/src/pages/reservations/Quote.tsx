import { useTranslation } from "react-i18next";
import type { CancellationQuote } from "../../api/reservations";
import { money, points } from "../../format/money";
import styles from "./Reservation.module.css";
import { When } from "./When";

interface QuoteProps {
  quote: CancellationQuote;
  /** The venue's. */
  timeZone: string;
  isPaid: boolean;
}

/** What cancelling gives back, and by which way. */
export function Quote({ quote, timeZone, isPaid }: QuoteProps) {
  const { t } = useTranslation("account");
  if (!isPaid) return <p>{t("cancel.releaseText")}</p>;
  const { refundAmount, fee, pointRefund, cardRefund, currency, deadline } = quote;
  return (
    <>
      <dl className={styles.quote}>
        {cardRefund !== null && cardRefund > 0 && (
          <>
            <dt>{t("cancel.toCard")}</dt>
            <dd>{money(cardRefund, currency)}</dd>
          </>
        )}
        {pointRefund !== null && pointRefund > 0 && (
          <>
            <dt>{t("cancel.toPoints")}</dt>
            <dd>{points(pointRefund)}</dd>
          </>
        )}
        <dt>{t("cancel.fee")}</dt>
        <dd>{money(fee, currency)}</dd>
        <dt className={styles.sum}>{t("cancel.refund")}</dt>
        <dd className={styles.sum}>{money(refundAmount, currency)}</dd>
      </dl>
      <p>
        {t("cancel.until")} <When startsAt={deadline} timeZone={timeZone} />
      </p>
      <p>{t("cancel.text")}</p>
    </>
  );
}
