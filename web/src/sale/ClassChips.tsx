import { useTranslation } from "react-i18next";
import { count, money } from "../format/money";
import type { Hall } from "../seat-map/hall";
import styles from "./ClassChips.module.css";
import { SeatIcon } from "./SeatIcon";

interface ClassChipsProps {
  hall: Hall;
  /** How many of each class are free. */
  free: readonly number[];
  shown: number | null;
  onShow: (priceClass: number | null) => void;
}

/** What the looks of seats cost. Pressed, the map shows that price alone. */
export function ClassChips({ hall, free, shown, onShow }: ClassChipsProps) {
  const { t } = useTranslation("sale");
  return (
    <ul className={styles.chips} aria-label={t("seats.legend.title")}>
      {hall.classes.map(({ id, name, price, currency }, index) => (
        <li key={id}>
          <button
            type="button"
            className={styles.chip}
            aria-pressed={shown === index}
            onClick={() => onShow(shown === index ? null : index)}
          >
            <SeatIcon look="free" priceClass={index} />
            <span className={styles.name}>{name}</span>
            <span className={styles.price}>{money(price, currency)}</span>
            <span className={styles.left}>
              {free[index] === 0
                ? t("seats.soldOut")
                : t("seats.left", { count: free[index] ?? 0, formatted: count(free[index] ?? 0) })}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
