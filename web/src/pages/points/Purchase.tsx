import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { payment } from "../../api/payments";
import { points } from "../../format/money";
import { useLive } from "../../live/useLive";
import { Notice } from "../../ui/Notice";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { Spinner } from "../../ui/Spinner";
import styles from "./Points.module.css";

const POLL_MS = { live: 5_000, lost: 1_500 } as const;

/** What becomes of a purchase of points. */
export function Purchase({ paymentId }: { paymentId: string }) {
  const { t } = useTranslation("account");
  const queries = useQueryClient();
  const options = payment(paymentId);
  const connection = useLive(paymentId, {
    onMessage: (message) => {
      if (message.type === "payment-result" && message.paymentId === paymentId) {
        void queries.invalidateQueries({ queryKey: ["mine", "payment", paymentId] });
      }
    },
  });
  const { data, error, refetch } = useQuery({
    ...options,
    refetchInterval: ({ state: { data: known } }) =>
      known === undefined || known.status === "PROCESSING" ? POLL_MS[connection] : false,
  });
  const status = data?.status;
  useEffect(() => {
    if (status === "SUCCESS") void queries.invalidateQueries({ queryKey: ["mine", "points"] });
  }, [status, queries]);

  if (error !== null && data === undefined) {
    return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined || data.status === "PROCESSING") {
    return (
      <Notice kind="info">
        <p className={styles.processing}>
          <Spinner />
          {t("points.processing")}
        </p>
      </Notice>
    );
  }
  const amount = points(data.amount);
  if (data.status === "SUCCESS") return <Notice kind="good">{t("points.success", { amount })}</Notice>;
  if (data.status === "REFUNDED") return <Notice kind="info">{t("points.refunded", { amount })}</Notice>;
  const reason = data.failureCode !== null && isTold(data.failureCode) ? data.failureCode : "other";
  return (
    <Notice kind="bad" title={t("points.failedTitle")}>
      {t(`points.failed.${reason}`)}
    </Notice>
  );
}

const TOLD = [
  "card_declined",
  "insufficient_funds",
  "payment_key_invalid",
  "pg_timeout",
  "pg_unavailable",
] as const;

function isTold(code: string): code is (typeof TOLD)[number] {
  return (TOLD as readonly string[]).includes(code);
}
