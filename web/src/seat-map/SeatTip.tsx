import { useNow } from "../format/useNow";
import styles from "./SeatMap.module.css";

export interface Tip {
  readonly seat: number;
  readonly x: number;
  readonly y: number;
}

// Closer to the upper edge than this, it stands below the seat.
const ABOVE_PX = 90;

/** What the seat under the pointer is; of a held one, the time goes on. */
export function SeatTip({ tip, describe }: { tip: Tip; describe: (seat: number) => string }) {
  useNow();
  return (
    <div
      className={tip.y < ABOVE_PX ? `${styles.tip} ${styles.below}` : styles.tip}
      style={{ left: `clamp(110px, ${tip.x}px, calc(100% - 110px))`, top: tip.y }}
      aria-hidden="true"
    >
      {describe(tip.seat)}
    </div>
  );
}
