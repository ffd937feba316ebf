import { useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { logInPath } from "../session/next";
import type { Session } from "../session/session";
import { useSession } from "../session/useSession";
import styles from "./Shell.module.css";

/** Says at the top of every page that the connection is gone or the session has ended, as long as it is so. */
export function StateBar() {
  const { t } = useTranslation();
  const isOnline = useSyncExternalStore(onConnection, () => navigator.onLine);
  const session = useSession();
  const { pathname, search } = useLocation();
  const [seen, setSeen] = useState<Session | null>(null);
  const because = session.status === "anonymous" ? session.because : null;
  const hasEnded = because === "elsewhere" || because === "expired";
  // The log-in page says it itself.
  const isSaid = session === seen || pathname.startsWith("/login");
  const isShown = !isOnline || (hasEnded && !isSaid);
  // Always there, so that screen readers notice when it gets a text.
  return (
    <div role="status" className={isShown ? styles.state : undefined}>
      {!isOnline && <p>{t("state.offline")}</p>}
      {isOnline && isShown && (
        <p>
          {because === "expired" ? t("state.sessionExpired") : t("state.signedOutElsewhere")}{" "}
          <Link to={logInPath(pathname + search)}>{t("action.login")}</Link>{" "}
          <button type="button" onClick={() => setSeen(session)}>
            {t("action.close")}
          </button>
        </p>
      )}
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
