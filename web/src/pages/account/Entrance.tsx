import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useSearchParams } from "react-router";
import { useRestored } from "../../app/useRestored";
import { safeNext } from "../../session/next";
import { useSession } from "../../session/useSession";
import { Card } from "../../ui/Card";
import { Loading } from "../../ui/Loading";
import { Notice } from "../../ui/Notice";
import { Page } from "../../ui/Page";
import styles from "./Entrance.module.css";

/** What logging in and opening an account have in common; whoever is logged in goes on to where they wanted to go. */
export function Entrance({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  const session = useSession();
  const next = useNext();
  const restored = useRestored();
  if (session.status === "signed-in") return <Navigate to={next} replace />;
  // Where the session before cannot be asked for, logging in anew is the way on.
  if (session.status === "restoring" && !restored.isError) return <Loading />;
  const because = session.status === "anonymous" ? session.because : null;
  return (
    <Page
      title={title}
      narrow
      heading={
        <h1 tabIndex={-1} className={styles.title}>
          {title}
        </h1>
      }
    >
      <div className={styles.entrance}>
        {because === "elsewhere" && <Notice kind="info">{t("state.signedOutElsewhere")}</Notice>}
        {because === "expired" && <Notice kind="info">{t("state.sessionExpired")}</Notice>}
        <Card>{children}</Card>
      </div>
    </Page>
  );
}

/** The page of this site that the address asks to go on to. */
export function useNext(): string {
  const [parameters] = useSearchParams();
  return safeNext(parameters.get("next"));
}

/** The question at the foot of the form for those who are on the wrong one of the two. */
export function Otherwise({ question, children }: { question: string; children: ReactNode }) {
  return (
    <p className={styles.otherwise}>
      {question} {children}
    </p>
  );
}
