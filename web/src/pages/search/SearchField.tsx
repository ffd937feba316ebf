import { useRef } from "react";
import { useTranslation } from "react-i18next";
import styles from "./SearchField.module.css";

/** The words to look for. They are looked for while one types; Enter on a phone puts the keyboard away. */
export function SearchField({ q, onChange }: { q: string; onChange: (q: string) => void }) {
  const { t } = useTranslation("catalogue");
  const input = useRef<HTMLInputElement>(null);
  return (
    <search>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          input.current?.blur();
        }}
      >
        <label className={styles.label} htmlFor="q">
          {t("search.label")}
        </label>
        <div className={styles.row}>
          <input
            ref={input}
            id="q"
            type="search"
            value={q}
            maxLength={100}
            enterKeyHint="search"
            autoComplete="off"
            onChange={(event) => onChange(event.target.value)}
          />
          {q !== "" && (
            <button
              type="button"
              aria-label={t("search.clear")}
              onClick={() => {
                onChange("");
                input.current?.focus();
              }}
            >
              ×
            </button>
          )}
        </div>
      </form>
    </search>
  );
}
