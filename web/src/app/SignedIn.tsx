import { useTranslation } from "react-i18next";
import { Navigate, Outlet, useLocation } from "react-router";
import { logInPath } from "../session/next";
import { useSession } from "../session/useSession";
import { Button, ButtonLink } from "../ui/Button";
import { Loading } from "../ui/Loading";
import { Page } from "../ui/Page";
import { ProblemNotice } from "../ui/ProblemNotice";
import styles from "./Shell.module.css";
import { useRestored } from "./useRestored";

/** Lets people who are logged in through; others log in first and come back to where they wanted to go. */
export function SignedIn() {
  const { t } = useTranslation();
  const session = useSession();
  const restored = useRestored();
  const { pathname, search } = useLocation();
  if (session.status === "restoring") {
    if (restored.error === null) return <Loading />;
    return (
      <Page title={t("brand")} narrow>
        <ProblemNotice error={restored.error} />
        <p className={styles.ways}>
          <Button kind="primary" busy={restored.isFetching} onClick={() => void restored.refetch()}>
            {t("action.retry")}
          </Button>
          <ButtonLink kind="secondary" to={logInPath(pathname + search)}>
            {t("action.login")}
          </ButtonLink>
        </p>
      </Page>
    );
  }
  if (session.status === "anonymous") {
    // Who has logged out wants to leave, and whoever comes next may be somebody else.
    const hasLeft = session.because === "signed-out" || session.because === "elsewhere";
    return <Navigate to={hasLeft ? "/login" : logInPath(pathname + search)} replace />;
  }
  return <Outlet />;
}
