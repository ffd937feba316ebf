import { duration, remaining } from "../format/time";
import { useNow } from "../format/useNow";
import styles from "./Countdown.module.css";

const DAYS_FROM_MS = 2 * 86_400_000;

/** How long it is until a moment, by the server's clock. Screen readers read it when they come by, not every second. */
export function Countdown({ until }: { until: string }) {
  const left = Date.parse(until) - useNow();
  return (
    <span role="timer" className={styles.countdown}>
      {left > DAYS_FROM_MS ? duration(left / 1000) : remaining(left)}
    </span>
  );
}
