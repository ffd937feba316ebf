import { useTranslation } from "react-i18next";
import type { ETicket, Reservation } from "../api/reservations";
import { foreignZone, venueTime } from "../format/time";
import { QrCode } from "./QrCode";
import styles from "./Tickets.module.css";

interface TicketCardProps {
  ticket: ETicket;
  performance: Reservation["performance"];
  /** Which of how many. */
  number: number;
  total: number;
}

/** A ticket: what the entrance scans, and what its holder has to find. */
export function TicketCard({ ticket, performance, number, total }: TicketCardProps) {
  const { t } = useTranslation("account");
  const { seat, ticketType } = ticket;
  const zone = foreignZone(performance.startsAt, performance.timeZone);
  return (
    <article className={styles.ticket} aria-labelledby={ticket.id}>
      <header className={styles.head}>
        <p className={styles.number}>{t("tickets.number", { number, total })}</p>
        <p className={styles.title}>{performance.title}</p>
        <p>
          {venueTime(performance.startsAt, performance.timeZone)}
          {zone && ` (${zone})`}
        </p>
        <p>{performance.venue}</p>
      </header>
      <QrCode text={ticket.qr} label={t("tickets.qr", { number, total })} />
      <div className={styles.place}>
        <h2 id={ticket.id} className={styles.seat}>
          {seat === null ? ticketType.name : `${seat.section} ${seat.label}`}
        </h2>
        <p className={styles.type}>
          {seat === null ? t("tickets.noSeat") : `${t("tickets.seat", { id: seat.id })} · ${ticketType.name}`}
        </p>
        <p className={styles.id}>{ticket.id}</p>
      </div>
    </article>
  );
}
