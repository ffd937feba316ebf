import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Day, monthOf, weeksOf } from "../../catalogue/month";
import { isBookable } from "../../catalogue/sale";
import { calendarDay, monthName, weekdayNames } from "../../format/time";
import styles from "./Calendar.module.css";
import type { Show } from "./DayPicker";

interface CalendarProps {
  shows: readonly Show[];
  day: Day;
  onPick: (day: Day) => void;
}

/** The months in which an event plays, with its days to choose from. */
export function Calendar({ shows, day, onPick }: CalendarProps) {
  const { t } = useTranslation("catalogue");
  const months = [...new Set(shows.map((show) => monthOf(show.day)))];
  const [turned, setTurned] = useState<string | null>(null);
  const month = turned ?? monthOf(day);
  const index = months.indexOf(month);
  const turn = (steps: number) => setTurned(months[index + steps] ?? month);
  return (
    <div className={styles.calendar}>
      <div className={styles.bar}>
        <button
          type="button"
          aria-label={t("event.previousMonth")}
          disabled={index <= 0}
          onClick={() => turn(-1)}
        >
          ‹
        </button>
        <h3 aria-live="polite">{monthName(month)}</h3>
        <button
          type="button"
          aria-label={t("event.nextMonth")}
          disabled={index >= months.length - 1}
          onClick={() => turn(1)}
        >
          ›
        </button>
      </div>
      <table className={styles.month}>
        <caption>{t("event.pickDay")}</caption>
        <thead>
          <tr>
            {weekdayNames().map(({ short, long }) => (
              <th key={long} scope="col" abbr={long}>
                {short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <tr key={week.join()}>
              {week.map((each, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column of the week is what it is
                <td key={column}>
                  {each !== null && <Cell day={each} shows={shows} isChosen={each === day} onPick={onPick} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps extends Pick<CalendarProps, "day" | "shows" | "onPick"> {
  isChosen: boolean;
}

function Cell({ day, shows, isChosen, onPick }: CellProps) {
  const { t } = useTranslation("catalogue");
  const number = Number(day.slice(8));
  const playing = shows.filter((show) => show.day === day);
  if (playing.length === 0) return <span className={styles.none}>{number}</span>;
  const bookable = playing.filter(({ sale }) => isBookable(sale)).length;
  const name = calendarDay(day);
  return (
    <button
      type="button"
      className={bookable > 0 ? styles.some : styles.gone}
      aria-pressed={isChosen}
      aria-label={
        bookable > 0
          ? t("event.dayShows", { day: name, count: bookable })
          : t("event.dayNothing", { day: name })
      }
      onClick={() => onPick(day)}
    >
      {number}
    </button>
  );
}
