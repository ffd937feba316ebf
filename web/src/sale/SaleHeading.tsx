import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { EventDetail, Performance } from "../api/events";
import { foreignZone, venueTime } from "../format/time";
import styles from "./SaleHeading.module.css";

interface SaleHeadingProps {
  title: string;
  event: EventDetail | null;
  performance: Performance | null;
}

/** For what one buys: title, time and place. */
export function SaleHeading({ title, event, performance }: SaleHeadingProps) {
  const { t } = useTranslation("sale");
  const zone = event && performance && foreignZone(performance.startsAt, event.timeZone);
  return (
    <div className={styles.heading}>
      <h1 tabIndex={-1}>{title}</h1>
      <p className={styles.facts}>
        {event && performance ? (
          <>
            <time dateTime={performance.startsAt}>
              {venueTime(performance.startsAt, event.timeZone)}
              {zone && ` (${zone})`}
            </time>
            <span>{event.venue}</span>
            <Link to={`/events/${event.id}`}>{t("seats.toEvent")}</Link>
          </>
        ) : (
          " "
        )}
      </p>
    </div>
  );
}
