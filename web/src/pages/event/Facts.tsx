import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { EventDetail } from "../../api/events";
import { money } from "../../format/money";
import { venueDays, venueTime } from "../../format/time";
import styles from "./Facts.module.css";

/** Where, when, for how much, and how many. */
export function Facts({ event }: { event: EventDetail }) {
  const { t } = useTranslation("catalogue");
  return (
    <dl className={styles.facts}>
      <Fact name={t("event.venue")}>{event.venue}</Fact>
      <Fact name={t("event.date")}>{dates(event) ?? t("card.noDate")}</Fact>
      {event.ticketTypes.length > 0 && <Fact name={t("event.price")}>{prices(event)}</Fact>}
      <Fact name={t("event.limit")}>{t("event.limitText", { count: event.buyerLimit })}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function dates({ performances, timeZone }: EventDetail): string | null {
  const playing = performances.filter(({ cancelled }) => !cancelled);
  const shows = playing.length > 0 ? playing : performances;
  const [first, last] = [shows[0], shows.at(-1)];
  if (first === undefined || last === undefined) return null;
  if (shows.length === 1) return venueTime(first.startsAt, timeZone);
  return venueDays(first.startsAt, last.startsAt, timeZone);
}

function prices({ ticketTypes, currency }: EventDetail): string {
  const all = ticketTypes.map(({ price }) => price);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  return least === most ? money(least, currency) : `${money(least, currency)} – ${money(most, currency)}`;
}
