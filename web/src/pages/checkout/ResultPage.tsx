import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { payment as paymentOf } from "../../api/payments";
import { reservation as reservationOf } from "../../api/reservations";
import { OrderSummary } from "../../checkout/OrderSummary";
import { Outcome } from "../../checkout/Outcome";
import { useOwnNews } from "../../checkout/useOwnNews";
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
  const payment = useQuery({
    ...paymentOf(paymentId),
    refetchInterval: ({ state }) =>
      state.data?.status === "PROCESSING" ? (connection === "live" ? LIVE_MS : LOST_MS) : false,
  });
  const reservationId = payment.data?.reservationId ?? null;
  const connection = useOwnNews(reservationId);
  const status = payment.data?.status;
  const reservation = useQuery({
    // Asked anew when the payment has ended: then it is another one.
    ...reservationOf(reservationId ?? ""),
    enabled: reservationId !== null && status !== "PROCESSING",
    staleTime: 0,
  });
  return (
    <Page title={t("result.title")} narrow>
      {payment.data ? (
        <>
          <Outcome payment={payment.data} reservation={reservation.data} />
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
