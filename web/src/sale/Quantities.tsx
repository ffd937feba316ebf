import { useState } from "react";
import type { PricedTicketType } from "../api/seats";
import { money } from "../format/money";
import { useTranslation } from "../i18n/useTranslation";
import { mostSeats } from "../seat-map/choice";
import { Button } from "../ui/Button";
import styles from "./Quantities.module.css";
import type { Hold } from "./useHold";

interface QuantitiesProps {
  performanceId: string;
  /** The ticket types that have no seats. */
  types: readonly PricedTicketType[];
  buyerLimit: number;
  hold: Hold;
  isOpen: boolean;
}

/** General admission: how many of each. */
export function Quantities({ performanceId, types, buyerLimit, hold, isOpen }: QuantitiesProps) {
  const { t } = useTranslation("sale");
  const [quantities, setQuantities] = useState<Readonly<Record<string, number>>>({});
  const most = mostSeats(buyerLimit);
  const quantityOf = (id: string) => quantities[id] ?? 0;
  const count = types.reduce((sum, { id }) => sum + quantityOf(id), 0);
  const total = types.reduce((sum, { id, price }) => sum + quantityOf(id) * price, 0);
  const change = (id: string, by: number) =>
    setQuantities({ ...quantities, [id]: Math.max(0, quantityOf(id) + by) });
  const reserve = () => {
    const items = types
      .filter(({ id }) => quantityOf(id) > 0)
      .map(({ id }) => ({ ticketTypeId: id, quantity: quantityOf(id) }));
    hold.ask({ kind: "tickets", choice: { performanceId, items } });
  };
  return (
    <section className={styles.quantities}>
      <h2>{t("seats.quantities.title")}</h2>
      <p className={styles.hint}>{t("seats.quantities.of", { count, most })}</p>
      <ul>
        {types.map(({ id, name, price, currency }) => (
          <li key={id} className={styles.type}>
            <span className={styles.name}>{name}</span>
            <span>{money(price, currency)}</span>
            {/* biome-ignore lint/a11y/useSemanticElements: two buttons and a number, not fields of a form */}
            <span className={styles.stepper} role="group" aria-label={name}>
              <Button
                aria-label={t("seats.quantities.less", { name })}
                disabled={quantityOf(id) === 0}
                onClick={() => change(id, -1)}
              >
                −
              </Button>
              <output className={styles.quantity}>{quantityOf(id)}</output>
              <Button
                aria-label={t("seats.quantities.more", { name })}
                disabled={count >= most}
                onClick={() => change(id, 1)}
              >
                +
              </Button>
            </span>
          </li>
        ))}
      </ul>
      <p className={styles.total}>
        <span>{t("seats.cart.total")}</span>
        <strong>{types[0] && money(total, types[0].currency)}</strong>
      </p>
      <Button kind="primary" wide busy={hold.isAsking} disabled={!isOpen || count === 0} onClick={reserve}>
        {t("seats.quantities.reserve")}
      </Button>
    </section>
  );
}
