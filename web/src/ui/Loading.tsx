import { useTranslation } from "react-i18next";
import styles from "./Loading.module.css";
import { Spinner } from "./Spinner";

/** Stands for a page, or the main part of it, that is on its way. */
export function Loading() {
  const { t } = useTranslation();
  return (
    <div className={styles.loading} role="status">
      <Spinner />
      {t("state.loading")}
    </div>
  );
}

/** For screen readers only: what the eye sees from the arrangement. */
export function Hidden({ children }: { children: string }) {
  return <span className={styles.hidden}>{children}</span>;
}
