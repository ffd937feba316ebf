import { useTranslation } from "react-i18next";
import type { Performance } from "../../api/events";
import type { Day } from "../../catalogue/month";
import { isBookable, type Sale } from "../../catalogue/sale";
import { calendarDay } from "../../format/time";
import { Hidden } from "../../ui/Loading";
import { Calendar } from "./Calendar";
import styles from "./DayPicker.module.css";

/** A performance with its day at the venue and its sale as it is now. */
export interface Show {
  readonly performance: Performance;
  readonly day: Day;
  readonly sale: Sale;
}

interface DayPickerProps {
  shows: readonly Show[];
  days: readonly Day[];
  day: Day;
  onPick: (day: Day) => void;
}

// More than these do not fit in a glance.
const MOST_BUTTONS = 8;

/** Chooses a day of an event: from a few side by side, or from a calendar. */
export function DayPicker({ shows, days, day, onPick }: DayPickerProps) {
  const { t } = useTranslation("catalogue");
  if (days.length > MOST_BUTTONS) return <Calendar shows={shows} day={day} onPick={onPick} />;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, these are buttons
    <div className={styles.days} role="group" aria-label={t("event.pickDay")}>
      {days.map((each) => (
        <button
          type="button"
          key={each}
          className={styles.day}
          aria-pressed={each === day}
          onClick={() => onPick(each)}
        >
          <span>{calendarDay(each, "month-day")}</span>
          <DayState sales={shows.filter((show) => show.day === each).map(({ sale }) => sale)} />
        </button>
      ))}
    </div>
  );
}

function DayState({ sales }: { sales: readonly Sale[] }) {
  const { t } = useTranslation("catalogue");
  const open = sales.filter((sale) => sale.kind === "open");
  const left = open.reduce<number | null>(
    (sum, sale) => (sum === null || sale.left === null ? null : sum + sale.left),
    0,
  );
  if (open.length > 0) {
    return left === null ? <small>&nbsp;</small> : <small>{t("event.left", { count: left })}</small>;
  }
  const [first] = sales;
  if (sales.some(isBookable) || first === undefined) return <small>{t("event.soon")}</small>;
  const word = sales.find(({ kind }) => kind === "sold-out") ?? first;
  return (
    <small>
      <Hidden>, </Hidden>
      {word.kind === "sold-out" && t("event.soldOut")}
      {word.kind === "cancelled" && t("event.cancelled")}
      {word.kind === "closed" && t("event.closed")}
      {word.kind === "over" && t("event.over")}
    </small>
  );
}
