import { useTranslation } from "react-i18next";
import { remaining } from "../format/time";
import styles from "./HoldClock.module.css";

const HURRY_MS = 60_000;

/** How long the seats are held, for the eye every second; for the ear at the last minute. */
export function HoldClock({ left }: { left: number }) {
  const { t } = useTranslation("sale");
  const isLate = left < HURRY_MS;
  return (
    <div className={isLate ? `${styles.clock} ${styles.late}` : styles.clock}>
      <span>{t("checkout.left")}</span>
      <strong role="timer" aria-label={t("checkout.leftLabel")}>
        {remaining(left)}
      </strong>
      <span role="status" className={styles.hurry}>
        {isLate && t("checkout.hurry")}
      </span>
    </div>
  );
}
