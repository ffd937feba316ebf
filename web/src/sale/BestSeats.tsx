import { useState } from "react";
import { useTranslation } from "react-i18next";
import { money } from "../format/money";
import type { Hall } from "../seat-map/hall";
import { Button } from "../ui/Button";
import styles from "./BestSeats.module.css";
import { SeatIcon } from "./SeatIcon";
import type { Hold } from "./useHold";

interface BestSeatsProps {
  hall: Hall;
  performanceId: string;
  free: readonly number[];
  most: number;
  hold: Hold;
  isOpen: boolean;
}

/** The quick way: so many together, of this price. One press for the number, one for the price. */
export function BestSeats({ hall, performanceId, free, most, hold, isOpen }: BestSeatsProps) {
  const { t } = useTranslation("sale");
  const [quantity, setQuantity] = useState(Math.min(2, most));
  const asked = hold.wish?.kind === "tickets" ? hold.wish.choice.items[0]?.ticketTypeId : undefined;
  return (
    <section className={styles.best}>
      <h2>{t("seats.best.title")}</h2>
      <p className={styles.hint}>{t("seats.best.hint")}</p>
      <fieldset className={styles.quantity}>
        <legend>{t("seats.best.quantity")}</legend>
        {Array.from({ length: most }, (_, index) => index + 1).map((number) => (
          <label key={number} className={styles.number}>
            <input
              type="radio"
              name="best-quantity"
              checked={quantity === number}
              onChange={() => setQuantity(number)}
            />
            <span>{number}</span>
          </label>
        ))}
      </fieldset>
      <ul className={styles.classes}>
        {hall.classes.map(({ id, name, price, currency }, index) => (
          <li key={id}>
            <Button
              wide
              busy={hold.isAsking && asked === id}
              disabled={!isOpen || (free[index] ?? 0) < quantity}
              onClick={() =>
                hold.ask({
                  kind: "tickets",
                  choice: { performanceId, items: [{ ticketTypeId: id, quantity }], adjacent: true },
                })
              }
            >
              <SeatIcon look="free" priceClass={index} />
              <span className={styles.name}>{t("seats.best.get", { name, count: quantity })}</span>
              <span className={styles.price}>{money(price * quantity, currency)}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
