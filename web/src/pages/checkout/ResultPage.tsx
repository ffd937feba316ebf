import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "react-router";
import { payment as paymentOf } from "../../api/payments";
import { reservation as reservationOf } from "../../api/reservations";
import { OrderSummary } from "../../checkout/OrderSummary";
import { Outcome } from "../../checkout/Outcome";
import { useOwnNews } from "../../checkout/useOwnNews";
import { useTranslation } from "../../i18n/useTranslation";
import { Card } from "../../ui/Card";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { ProblemNotice } from "../../ui/ProblemNotice";
import styles from "./ResultPage.module.css";

const LIVE_MS = 4_000;
const LOST_MS = 1_500;

/** What becomes of a payment, until it is known. */
export default function ResultPage() {
  const { t } = useTranslation("sale");
  const { paymentId = "" } = useParams();
  const queries = useQueryClient();
  const { queryKey } = paymentOf(paymentId);
  const reservationId = queries.getQueryData(queryKey)?.reservationId ?? null;
  const pause = useOwnNews(reservationId) === "live" ? LIVE_MS : LOST_MS;
  const payment = useQuery({
    ...paymentOf(paymentId),
    refetchInterval: ({ state }) => state.data?.status === "PROCESSING" && pause,
  });
  const reservation = useQuery({
    // Asked anew when the payment has ended: then it is another one, in a moment.
    ...reservationOf(reservationId ?? ""),
    enabled: reservationId !== null && payment.data?.status !== "PROCESSING",
    staleTime: 0,
    refetchInterval: ({ state }) => state.data?.paymentStatus === "PROCESSING" && pause,
  });
  return (
    <Page title={t("result.title")} narrow>
      {payment.data ? (
        <>
          {reservation.isLoadingError && payment.data.status === "SUCCESS" ? (
            <ProblemNotice error={reservation.error} onRetry={() => void reservation.refetch()} />
          ) : (
            <Outcome payment={payment.data} reservation={reservation.data} />
          )}
          {reservation.data && (
            <Card>
              <OrderSummary reservation={reservation.data} />
              <dl className={styles.numbers}>
                <dt>{t("result.number")}</dt>
                <dd>{reservation.data.id}</dd>
                <dt>{t("result.paymentNumber")}</dt>
                <dd>{payment.data.id}</dd>
              </dl>
            </Card>
          )}
        </>
      ) : payment.isError ? (
        <ProblemNotice error={payment.error} onRetry={() => void payment.refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}
