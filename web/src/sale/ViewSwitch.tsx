import { useTranslation } from "react-i18next";
import styles from "./ViewSwitch.module.css";

const VIEWS = ["map", "list"] as const;
type View = (typeof VIEWS)[number];

/** The same seats as a map or as a list. */
export function ViewSwitch({ view, onView }: { view: View; onView: (view: View) => void }) {
  const { t } = useTranslation("sale");
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, these are two buttons
    <div className={styles.switch} role="group" aria-label={t("seats.showAs")}>
      {VIEWS.map((name) => (
        <button type="button" key={name} aria-pressed={view === name} onClick={() => onView(name)}>
          {t(`seats.${name}`)}
        </button>
      ))}
    </div>
  );
}
