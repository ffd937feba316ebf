import { useTranslation } from "react-i18next";
import { money } from "../format/money";
import type { Hall } from "../seat-map/hall";
import { Button } from "../ui/Button";
import styles from "./Cart.module.css";
import { SeatIcon } from "./SeatIcon";
import type { Choice } from "./useChoice";

interface CartProps {
  hall: Hall;
  choice: Choice;
  name: (seat: number) => string;
  isAsking: boolean;
  isOpen: boolean;
  onReserve: () => void;
}

/** What was chosen and what it costs. */
export function Cart({ hall, choice, name, isAsking, isOpen, onReserve }: CartProps) {
  const { t } = useTranslation("sale");
  const { seats, most } = choice;
  return (
    <section className={styles.cart}>
      <div className={styles.head}>
        <h2>{t("seats.cart.title")}</h2>
        <p className={styles.of}>{t("seats.cart.of", { count: seats.length, most })}</p>
      </div>
      {seats.length === 0 ? (
        <p className={styles.empty}>{t("seats.cart.empty")}</p>
      ) : (
        <ul className={styles.seats}>
          {seats.map((seat) => {
            const priceClass = hall.classes[hall.priceClassOf(seat)];
            return (
              <li key={seat}>
                <SeatIcon look="free" priceClass={hall.priceClassOf(seat)} />
                <span className={styles.name}>{name(seat)}</span>
                <span className={styles.price}>
                  {priceClass && money(priceClass.price, priceClass.currency)}
                </span>
                <button
                  type="button"
                  className={styles.drop}
                  aria-label={t("seats.cart.drop", { seat: name(seat) })}
                  onClick={() => choice.toggle(seat)}
                >
                  <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
                    <path
                      d="M6 6l12 12M18 6 6 18"
                      stroke="currentColor"
                      strokeWidth="2.2"
                      strokeLinecap="round"
                    />
                  </svg>
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <div className={seats.length > 0 ? `${styles.foot} ${styles.near}` : styles.foot}>
        <Total hall={hall} seats={seats} />
        <Button
          kind="primary"
          wide
          busy={isAsking}
          disabled={!isOpen || seats.length === 0}
          onClick={onReserve}
        >
          {seats.length === 0
            ? t("seats.cart.reserve")
            : t("seats.cart.reserveCount", { count: seats.length })}
        </Button>
      </div>
      <p className={styles.hint}>{t("seats.cart.notHeld")}</p>
    </section>
  );
}

function Total({ hall, seats }: { hall: Hall; seats: readonly number[] }) {
  const { t } = useTranslation("sale");
  const prices = seats.map((seat) => hall.classes[hall.priceClassOf(seat)]);
  const currency = hall.classes[0]?.currency;
  const total = prices.reduce((sum, priceClass) => sum + (priceClass?.price ?? 0), 0);
  return (
    <p className={styles.total}>
      <span>{t("seats.cart.total")}</span>
      <strong>{currency && money(total, currency)}</strong>
    </p>
  );
}
