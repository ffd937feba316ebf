import { useState } from "react";
import { useTranslation } from "../i18n/useTranslation";
import { FREE } from "../seat-map/availability";
import type { HallRow, HallSection } from "../seat-map/hall";
import type { LiveSeats } from "../seat-map/live-seats";
import { SeatIcon } from "./SeatIcon";
import styles from "./SeatList.module.css";

interface SeatListProps {
  live: LiveSeats;
  /** How many seats of each section are free. */
  free: readonly number[];
  chosen: readonly number[];
  isShown: (priceClass: number) => boolean;
  describe: (seat: number) => string;
  onToggle: (seat: number) => void;
}

/** The same seats as the map's, as sections, rows and buttons. */
export function SeatList({ live, free, chosen, isShown, describe, onToggle }: SeatListProps) {
  const { t } = useTranslation("sale");
  const [onlyFree, setOnlyFree] = useState(true);
  // Taken by somebody else, it stays as long as it has the focus.
  const [focused, setFocused] = useState<number | null>(null);
  const { sections } = live.hall;
  return (
    <div className={styles.list}>
      <label className={styles.option}>
        <input type="checkbox" checked={onlyFree} onChange={() => setOnlyFree(!onlyFree)} />
        {t("seats.onlyFree")}
      </label>
      {sections.map((section, index) =>
        section.priceClass >= 0 && isShown(section.priceClass) ? (
          <Foldable
            key={section.id}
            level="section"
            title={
              <>
                <SeatIcon look="free" priceClass={section.priceClass} />
                <span className={styles.title}>{section.name}</span>
                <span className={styles.count}>
                  {t("seats.freeOf", { free: free[index] ?? 0, total: section.end - section.start })}
                </span>
              </>
            }
          >
            <Rows
              section={section}
              {...{ live, chosen, describe, onToggle, onlyFree, focused, onFocus: setFocused }}
            />
          </Foldable>
        ) : null,
      )}
    </div>
  );
}

interface RowsProps extends Pick<SeatListProps, "live" | "chosen" | "describe" | "onToggle"> {
  section: HallSection;
  onlyFree: boolean;
  focused: number | null;
  onFocus: (seat: number | null) => void;
}

function Rows({ section, onlyFree, focused, ...seats }: RowsProps) {
  const { t } = useTranslation("sale");
  const { live, chosen } = seats;
  const isOffered = (seat: number) => live.states[seat] === FREE || chosen.includes(seat);
  const rows = section.rows.flatMap((index) => live.hall.rows[index] ?? []);
  const isListed = (seat: number) => !onlyFree || isOffered(seat) || seat === focused;
  const shown = rows.filter((row) => row.seats.some(isListed));
  if (shown.length === 0) return <p className={styles.none}>{t("seats.noneFree")}</p>;
  return shown.map((row) => {
    return (
      <Foldable
        key={row.name}
        level="row"
        title={
          <>
            <span className={styles.title}>{t("seats.row", { row: row.name })}</span>
            <span className={styles.count}>
              {t("seats.freeOf", {
                free: row.seats.filter(isOffered).length,
                total: row.seats.length,
              })}
            </span>
          </>
        }
      >
        <Seats row={row} wanted={row.seats.filter(isListed)} isOffered={isOffered} {...seats} />
      </Foldable>
    );
  });
}

interface SeatsProps extends Omit<RowsProps, "section" | "onlyFree" | "focused"> {
  row: HallRow;
  wanted: readonly number[];
  isOffered: (seat: number) => boolean;
}

function Seats({ live, wanted, isOffered, chosen, describe, onToggle, onFocus }: SeatsProps) {
  return (
    <ul className={styles.seats}>
      {wanted.map((seat) => (
        <li key={seat}>
          <button
            type="button"
            className={styles.seat}
            aria-pressed={chosen.includes(seat)}
            aria-disabled={!isOffered(seat) || undefined}
            aria-label={describe(seat)}
            data-accessible={live.hall.accessible[seat] === 1 || undefined}
            onClick={() => onToggle(seat)}
            onFocus={() => onFocus(seat)}
            onBlur={() => onFocus(null)}
          >
            {live.hall.labels[seat]}
          </button>
        </li>
      ))}
    </ul>
  );
}

interface FoldableProps {
  level: "section" | "row";
  title: React.ReactNode;
  children: React.ReactNode;
}

/** Its content is made when it is opened: a hall has thousands of seats. */
function Foldable({ level, title, children }: FoldableProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={styles[level]} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen && children}
    </details>
  );
}
