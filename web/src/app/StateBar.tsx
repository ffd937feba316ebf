import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import styles from "./Shell.module.css";

/** Says at the top of every page that the connection is gone, as long as it is. */
export function StateBar() {
  const { t } = useTranslation();
  const isOnline = useSyncExternalStore(onConnection, () => navigator.onLine);
  // Always there, so that screen readers notice when it gets a text.
  return (
    <div role="status" className={isOnline ? undefined : styles.state}>
      {!isOnline && t("state.offline")}
    </div>
  );
}

function onConnection(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}
