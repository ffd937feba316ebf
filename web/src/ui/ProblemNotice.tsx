import { useTranslation } from "react-i18next";
import { asProblem } from "../api/problem";
import { Button } from "./Button";
import { Notice } from "./Notice";

interface ProblemNoticeProps {
  error: unknown;
  /** Tries again what failed. */
  onRetry?: (() => void) | undefined;
  /** Texts by code that know more of what was tried than the general ones. */
  texts?: Readonly<Record<string, string>>;
}

/** An error, in words a person understands, with a way on. */
export function ProblemNotice({ error, onRetry, texts = {} }: ProblemNoticeProps) {
  const { t } = useTranslation();
  const problem = asProblem(error);
  const general: Readonly<Record<string, string>> = t("problem", { returnObjects: true });
  const fallback = problem.isTransient ? "unavailable" : "other";
  return (
    <Notice
      kind="bad"
      actions={onRetry && problem.isTransient && <Button onClick={onRetry}>{t("action.retry")}</Button>}
    >
      <p>{texts[problem.code] ?? general[problem.code] ?? general[fallback]}</p>
      {problem.requestId && problem.status >= 500 && (
        <p>{t("problem.reference", { requestId: problem.requestId })}</p>
      )}
    </Notice>
  );
}
