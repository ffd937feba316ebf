import { classLook, type Look, MARKS, SHAPES } from "../seat-map/looks";
import styles from "./SeatIcon.module.css";

interface SeatIconProps {
  look: Look | "chosen" | "accessible";
  priceClass?: number;
}

/** A seat as the map draws it, for legends. */
export function SeatIcon({ look, priceClass = 0 }: SeatIconProps) {
  const { colour, shape } = classLook(priceClass);
  return (
    <svg className={styles.icon} viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
      {look === "held" && (
        <>
          <path d={SHAPES[0]} fill="var(--paper)" stroke="var(--line-strong)" strokeWidth="2.5" />
          <path d={MARKS.clock} fill="none" stroke="var(--line-strong)" strokeWidth="2.5" />
        </>
      )}
      {look === "sold" && <circle cx="12" cy="12" r="7.5" fill="var(--line-strong)" opacity="0.45" />}
      {look === "chosen" && (
        <>
          <path d={shape} fill="var(--ink)" stroke="var(--stage)" strokeWidth="2" />
          <path d={MARKS.check} fill="none" stroke="var(--paper)" strokeWidth="2.5" strokeLinecap="round" />
        </>
      )}
      {(look === "free" || look === "accessible") && <path d={shape} fill={`var(--class-${colour})`} />}
      {look === "accessible" && (
        <circle cx="12" cy="12" r="5" fill="none" stroke="var(--paper)" strokeWidth="2.5" />
      )}
      {look === "watched" && (
        <path d={shape} fill="var(--paper)" stroke={`var(--class-${colour})`} strokeWidth="3.5" />
      )}
    </svg>
  );
}
