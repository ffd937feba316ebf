import { useTranslation } from "react-i18next";
import { Loading } from "../ui/Loading";
import styles from "./SeatSale.module.css";

/** Takes the room of the map until it is there. */
export function SaleSkeleton() {
  const { t } = useTranslation("sale");
  return (
    <div className={styles.sale}>
      <div className={styles.skeletonHead} />
      <section className={`${styles.hall} ${styles.skeleton}`} aria-label={t("seats.map")}>
        <Loading />
      </section>
      <div className={styles.side}>
        <div className={styles.skeletonSide} />
      </div>
    </div>
  );
}
