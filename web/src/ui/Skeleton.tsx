import { useTranslation } from "react-i18next";
import { Hidden } from "./Loading";
import styles from "./Skeleton.module.css";

/** Keeps the room for rows that are on their way, so that nothing moves when they come. */
export function Skeleton({ rows, height }: { rows: number; height: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" className={styles.rows}>
      <Hidden>{t("state.loading")}</Hidden>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <div key={index} className={styles.row} style={{ height }} />
      ))}
    </div>
  );
}
