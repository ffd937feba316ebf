import type { ReactNode } from "react";
import styles from "./Card.module.css";

/** Things that belong together, on a surface of their own. */
export function Card({ children }: { children: ReactNode }) {
  return <div className={styles.card}>{children}</div>;
}
