import type { ReactNode } from "react";
import styles from "./Notice.module.css";

interface NoticeProps {
  kind: "info" | "good" | "warn" | "bad";
  title?: string;
  children?: ReactNode;
  /** Ways on. */
  actions?: ReactNode;
  /** For what changes every second: `timer` is read by who comes by. */
  role?: "timer";
}

/** Something a person should know here. Read out at once when it appears; `bad` and `warn` interrupt. */
export function Notice({ kind, title, children, actions, role }: NoticeProps) {
  const spoken = kind === "bad" || kind === "warn" ? "alert" : "status";
  return (
    <div className={`${styles.notice} ${styles[kind]}`} role={role ?? spoken}>
      {title && <p className={styles.title}>{title}</p>}
      {children && <div>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
