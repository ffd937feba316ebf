import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import { asProblem, Problem } from "../../api/problem";
import { departure, forgetDeparture, nextOf, readArrival } from "../../session/google";
import { logInWithGoogle } from "../../session/logIn";
import { logInPath } from "../../session/next";
import { useSession } from "../../session/useSession";
import { ButtonLink } from "../../ui/Button";
import { Loading } from "../../ui/Loading";
import { Notice } from "../../ui/Notice";
import { Page } from "../../ui/Page";
import { ProblemNotice } from "../../ui/ProblemNotice";

/** Where Google sends the browser back to. */
export default function GoogleReturnPage() {
  const { t } = useTranslation("account");
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const session = useSession();
  const [departed] = useState(departure);
  const [arrived] = useState(() => readArrival(query, departed));
  const next = nextOf(departed);

  // The code is not for the history, nor for whoever looks over the shoulder.
  useEffect(() => {
    void navigate("/login/google", { replace: true });
  }, [navigate]);

  const entering = useQuery({
    queryKey: ["google", arrived],
    // A query rather than an effect: shown twice, it asks once. The code is good once.
    queryFn: async () => {
      if (arrived.kind !== "code") throw new Problem(401, arrived.kind);
      await logInWithGoogle(arrived.arrival);
      forgetDeparture();
      return true;
    },
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

  if (session.status === "signed-in" && !entering.isPending) return <Navigate to={next} replace />;
  if (entering.error === null) return <Loading />;
  const problem = asProblem(entering.error);
  const texts = {
    denied: t("google.denied"),
    failed: t("google.failed"),
    unknown: t("google.unknown"),
    invalid_state: t("google.unknown"),
    invalid_code: t("google.failed"),
    email_not_verified: t("google.notVerified"),
    email_taken: t("google.taken"),
  };
  return (
    <Page title={t("google.title")} narrow>
      {problem.code === "denied" ? (
        <Notice kind="info">{texts.denied}</Notice>
      ) : (
        <ProblemNotice error={problem} texts={texts} onRetry={() => void entering.refetch()} />
      )}
      <div>
        <ButtonLink to={logInPath(next)}>{t("google.again")}</ButtonLink>
      </div>
    </Page>
  );
}
