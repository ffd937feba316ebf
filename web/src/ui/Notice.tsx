import type { ReactNode } from "react";
import styles from "./Notice.module.css";

interface NoticeProps {
  kind: "info" | "good" | "warn" | "bad";
  title?: string;
  children?: ReactNode;
  /** Ways on. */
  actions?: ReactNode;
}

/** Something a person should know here. Read out at once when it appears; `bad` and `warn` interrupt. */
export function Notice({ kind, title, children, actions }: NoticeProps) {
  const role = kind === "bad" || kind === "warn" ? "alert" : "status";
  return (
    <div className={`${styles.notice} ${styles[kind]}`} role={role}>
      {title && <p className={styles.title}>{title}</p>}
      {children && <div>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
