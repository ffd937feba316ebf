import styles from "./Badge.module.css";

export type BadgeKind = "info" | "good" | "warn" | "bad" | "quiet";

/** A word on the state of something; the colour only repeats it. */
export function Badge({ kind, children }: { kind: BadgeKind; children: string }) {
  return <span className={`${styles.badge} ${styles[kind]}`}>{children}</span>;
}
