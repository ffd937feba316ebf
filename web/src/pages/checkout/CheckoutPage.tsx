import { useQuery } from "@tanstack/react-query";
import { useLocation, useParams } from "react-router";
import { points as pointsOf } from "../../api/points";
import { type Reservation, reservation as reservationOf } from "../../api/reservations";
import { CheckoutForm } from "../../checkout/CheckoutForm";
import { HoldClock } from "../../checkout/HoldClock";
import { OrderSummary } from "../../checkout/OrderSummary";
import { Over } from "../../checkout/Over";
import { useOwnNews } from "../../checkout/useOwnNews";
import { useNow } from "../../format/useNow";
import { useTranslation } from "../../i18n/useTranslation";
import { Card } from "../../ui/Card";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { stateOf } from "../reservations/state";
import styles from "./CheckoutPage.module.css";

// Of a payment that another tab began, or of a hold that ends, one hears by asking.
const LOST_MS = 5_000;

/** Paying for seats that are held, while they are. */
export default function CheckoutPage() {
  const { t } = useTranslation("sale");
  const { reservationId = "" } = useParams();
  const connection = useOwnNews(reservationId);
  const reservation = useQuery({
    ...reservationOf(reservationId),
    refetchInterval: ({ state }) =>
      connection === "lost" && state.data?.status === "PENDING" ? LOST_MS : false,
  });
  // Whoever has points is asked how many: the form is shown when that is known, since it moves under the finger otherwise.
  const balance = useQuery(pointsOf());
  return (
    <Page title={t("checkout.title")}>
      {reservation.data && balance.isFetched ? (
        <Checkout reservation={reservation.data} />
      ) : reservation.isError ? (
        <ProblemNotice error={reservation.error} onRetry={() => void reservation.refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function Checkout({ reservation }: { reservation: Reservation }) {
  const now = useNow();
  const state: unknown = useLocation().state;
  const { expiresAt, performance } = reservation;
  const seatsPath = `/events/${performance.eventId}/performances/${performance.id}`;
  const left = expiresAt === null ? 0 : Date.parse(expiresAt) - now;

  if (stateOf(reservation, now) !== "toPay") {
    return (
      <div role="alert">
        <Over reservation={reservation} />
      </div>
    );
  }
  return (
    <>
      <HoldClock left={left} />
      <div className={styles.columns}>
        <Card>
          <OrderSummary reservation={reservation} />
        </Card>
        <Card>
          <CheckoutForm reservation={reservation} seatsPath={seatsPath} declined={declinedOf(state)} />
        </Card>
      </div>
    </>
  );
}

function declinedOf(state: unknown): string | null {
  return typeof state === "object" && state !== null && "declined" in state ? String(state.declined) : null;
}
