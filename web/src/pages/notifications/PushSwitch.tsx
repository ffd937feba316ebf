import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { pushState, turnPushOff, turnPushOn } from "../../push/push";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { ProblemNotice } from "../../ui/ProblemNotice";
import styles from "./Notifications.module.css";

const KEY = ["push"];

/** Has this browser show what comes into the inbox, or not. */
export function PushSwitch() {
  const { t } = useTranslation("account");
  const queries = useQueryClient();
  const { data: state } = useQuery({ queryKey: KEY, queryFn: pushState });
  const change = useMutation({
    mutationFn: () => (state === "on" ? turnPushOff() : turnPushOn()),
    onSuccess: (now) => queries.setQueryData(KEY, now),
    onError: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  const canChange = state === "on" || state === "off";
  return (
    <Card>
      <div className={styles.push}>
        <div>
          <h2>{t("push.title")}</h2>
          <p role="status">{state === undefined ? t("push.text.off") : t(`push.text.${state}`)}</p>
        </div>
        {state !== "unsupported" && state !== "denied" && (
          <Button busy={change.isPending} disabled={!canChange} onClick={() => change.mutate()}>
            {state === "on" ? t("push.turnOff") : t("push.turnOn")}
          </Button>
        )}
      </div>
      {change.error && (
        <ProblemNotice
          error={change.error}
          texts={{ unexpected: t("push.failed") }}
          onRetry={() => change.mutate()}
        />
      )}
    </Card>
  );
}
