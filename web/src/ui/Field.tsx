import { type ComponentProps, type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./Field.module.css";

interface Labelled {
  label: string;
  hint?: ReactNode;
  /** What is wrong with the value, said with the field to those who cannot see where it stands. */
  error?: ReactNode;
}

/** A labelled input. */
export function Field({ label, hint, error, ...input }: ComponentProps<"input"> & Labelled) {
  const id = useId();
  return (
    <Labelling id={id} label={label} hint={hint} error={error}>
      <input {...input} id={id} className={styles.input} {...description(id, hint, error)} />
    </Labelling>
  );
}

/** A labelled password, which can be looked at while it is typed. */
export function PasswordField({ label, hint, error, ...input }: ComponentProps<"input"> & Labelled) {
  const { t } = useTranslation();
  const id = useId();
  const [isShown, setShown] = useState(false);
  return (
    <Labelling id={id} label={label} hint={hint} error={error}>
      <div className={styles.secret}>
        <input
          {...input}
          id={id}
          type={isShown ? "text" : "password"}
          autoCapitalize="none"
          spellCheck="false"
          className={styles.input}
          {...description(id, hint, error)}
        />
        <button
          type="button"
          className={styles.show}
          aria-pressed={isShown}
          aria-label={t("action.showPassword")}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? t("action.hide") : t("action.show")}
        </button>
      </div>
    </Labelling>
  );
}

/** A labelled choice. */
export function SelectField({
  label,
  hint,
  error,
  children,
  ...select
}: ComponentProps<"select"> & Labelled) {
  const id = useId();
  return (
    <Labelling id={id} label={label} hint={hint} error={error}>
      <select {...select} id={id} className={styles.input} {...description(id, hint, error)}>
        {children}
      </select>
    </Labelling>
  );
}

/** The label before a control, and what is wrong with its value behind it. */
function Labelling({ id, label, hint, error, children }: Labelled & { id: string; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {hint && (
        <span className={styles.hint} id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {children}
      {error && (
        <span className={styles.error} id={`${id}-error`}>
          {error}
        </span>
      )}
    </div>
  );
}

function description(id: string, hint: ReactNode, error: ReactNode) {
  const by = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return { "aria-invalid": error ? true : undefined, "aria-describedby": by || undefined };
}
