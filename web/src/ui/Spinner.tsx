import styles from "./Spinner.module.css";

/** Says to the eye alone that something is on its way; the text beside it says it to everybody. */
export function Spinner() {
  return <span className={styles.spinner} aria-hidden="true" />;
}
