import { useTranslation } from "react-i18next";
import type { EventStatus } from "../api/events";
import styles from "./StatusBadge.module.css";

/** How the sale of an event stands, in a word. */
export function StatusBadge({ status }: { status: EventStatus }) {
  const { t } = useTranslation("catalogue");
  return <span className={`${styles.badge} ${styles[status]}`}>{t(`status.${status}`)}</span>;
}
