import { useTranslation } from "react-i18next";
import type { TicketType } from "../../api/events";
import { money } from "../../format/money";
import styles from "./TypeList.module.css";

interface TypeListProps {
  types: readonly TicketType[];
  /** In the order of the types; `null` where it is not known. */
  leftByType: readonly (number | null)[];
  isOnSale: boolean;
}

/** The ticket types of a performance with their prices, and what is left of each. */
export function TypeList({ types, leftByType, isOnSale }: TypeListProps) {
  const { t } = useTranslation("catalogue");
  return (
    // biome-ignore lint/a11y/noRedundantRoles: Safari forgets that a list without bullets is one
    <ul className={styles.types} aria-label={t("event.types")} role="list">
      {types.map((type, index) => {
        const left = leftByType[index] ?? null;
        return (
          <li key={type.id} className={isOnSale && left === 0 ? styles.gone : undefined}>
            <span className={styles.name}>{type.name}</span>
            <span className={styles.left}>
              {isOnSale && left === 0 && t("event.soldOut")}
              {isOnSale && left !== null && left > 0 && t("event.left", { count: left })}
            </span>
            <span className={styles.price}>{money(type.price, type.currency)}</span>
          </li>
        );
      })}
    </ul>
  );
}
