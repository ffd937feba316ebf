import { useTranslation } from "react-i18next";
import styles from "./Place.module.css";

/** What happens next, and what one may do meanwhile. */
export function Next({ isDraw }: { isDraw: boolean }) {
  const { t } = useTranslation("sale");
  return (
    <section className={styles.next} aria-labelledby="next">
      <h2 id="next">{t("wait.nextTitle")}</h2>
      <ul>
        {isDraw && <li>{t("wait.nextDraw")}</li>}
        <li>{t("wait.nextTurn")}</li>
        <li>{t("wait.nextStay")}</li>
        <li>{t("wait.nextReload")}</li>
        <li>{t("wait.nextLimit")}</li>
      </ul>
    </section>
  );
}
