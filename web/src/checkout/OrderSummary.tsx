import { useTranslation } from "react-i18next";
import type { Reservation } from "../api/reservations";
import { money } from "../format/money";
import { foreignZone, venueTime } from "../format/time";
import styles from "./OrderSummary.module.css";

/** What is bought: the performance, each seat and what it costs. */
export function OrderSummary({ reservation }: { reservation: Reservation }) {
  const { t } = useTranslation("sale");
  const { performance, seats, totalAmount, currency } = reservation;
  const zone = foreignZone(performance.startsAt, performance.timeZone);
  return (
    <section className={styles.summary}>
      <h2>{performance.title}</h2>
      <dl className={styles.facts}>
        <dt>{t("checkout.when")}</dt>
        <dd>
          <time dateTime={performance.startsAt}>
            {venueTime(performance.startsAt, performance.timeZone)}
            {zone && ` (${zone})`}
          </time>
        </dd>
        <dt>{t("checkout.where")}</dt>
        <dd>{performance.venue}</dd>
      </dl>
      <ul className={styles.seats} aria-label={t("checkout.seats")}>
        {seats.map((seat) => (
          <li key={seat.id}>
            <span>{seatName(seat, t)}</span>
            <span className={styles.price}>{money(seat.price, currency)}</span>
          </li>
        ))}
      </ul>
      <p className={styles.total}>
        <span>{t("checkout.total")}</span>
        <strong>{money(totalAmount, currency)}</strong>
      </p>
    </section>
  );
}

type Translate = ReturnType<typeof useTranslation<"sale">>["t"];

function seatName({ section, label }: Reservation["seats"][number], t: Translate): string {
  return t("seats.plainSeat", { section, seat: label });
}
