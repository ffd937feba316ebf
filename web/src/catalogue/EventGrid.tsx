import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { EventCard } from "../api/events";
import { money } from "../format/money";
import { venueTime } from "../format/time";
import styles from "./EventGrid.module.css";
import { Poster } from "./Poster";
import { StatusBadge } from "./StatusBadge";

interface EventGridProps {
  events: readonly EventCard[];
  /** How many of them are on the first screen: their posters do not wait. */
  first?: number;
}

/** Events side by side, each a link to its page. */
export function EventGrid({ events, first = 4 }: EventGridProps) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: Safari forgets that a list without bullets is one
    <ul className={styles.grid} role="list">
      {events.map((event, index) => (
        <li key={event.id}>
          <Tile event={event} first={index < first} />
        </li>
      ))}
    </ul>
  );
}

/** Where events are about to come: as large as they are. */
export function EventGridSkeleton({ count }: { count: number }) {
  return (
    <div className={styles.grid} aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <div key={index} className={`${styles.tile} ${styles.blank}`}>
          <div className={styles.picture} />
          <div className={styles.text} />
        </div>
      ))}
    </div>
  );
}

function Tile({ event, first }: { event: EventCard; first: boolean }) {
  const { t } = useTranslation("catalogue");
  return (
    <article className={styles.tile}>
      <Poster title={event.title} category={event.category} src={event.imageUrl} first={first} />
      <div className={styles.text}>
        <h3 className={styles.title}>
          <Link to={`/events/${event.id}`}>{event.title}</Link>
        </h3>
        <p className={styles.where}>{event.venue}</p>
        <p className={styles.when}>
          {event.startsAt === null
            ? t("card.noDate")
            : venueTime(event.startsAt, event.timeZone, "short-day")}
        </p>
        <p className={styles.foot}>
          {event.status === "ON_SALE" ? (
            <span className={styles.price}>
              {event.minPrice !== null && t("card.from", { price: money(event.minPrice, event.currency) })}
            </span>
          ) : (
            <StatusBadge status={event.status} />
          )}
        </p>
      </div>
    </article>
  );
}
