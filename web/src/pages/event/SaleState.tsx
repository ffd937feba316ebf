import { useTranslation } from "react-i18next";
import type { Sale } from "../../catalogue/sale";
import { venueMoment } from "../../format/time";
import { Countdown } from "../../ui/Countdown";
import styles from "./SaleState.module.css";

const FEW = 10;

/** How the sale of a performance stands. */
export function SaleState({ sale, timeZone }: { sale: Sale; timeZone: string }) {
  const { t } = useTranslation("catalogue");
  switch (sale.kind) {
    case "cancelled":
      return <p className={styles.bad}>{t("event.cancelled")}</p>;
    case "over":
      return <p className={styles.gone}>{t("event.over")}</p>;
    case "closed":
      return <p className={styles.gone}>{t("event.closed")}</p>;
    case "sold-out":
      return <p className={styles.bad}>{t("event.soldOut")}</p>;
    case "soon":
      return (
        <p className={styles.soon}>
          <span>{t("event.opensAt", { time: venueMoment(sale.opensAt, timeZone) })}</span>
          <span>
            {t("event.opensIn")} <Countdown until={sale.opensAt} />
          </span>
        </p>
      );
    case "open":
      return (
        <p className={styles.open}>
          {sale.left !== null && (
            <strong>
              {t("event.left", { count: sale.left })}
              {sale.left <= FEW && <span className={styles.few}>{t("event.few")}</span>}
            </strong>
          )}
          {sale.closesAt !== null && (
            <span>{t("event.closesAt", { time: venueMoment(sale.closesAt, timeZone) })}</span>
          )}
        </p>
      );
  }
}
