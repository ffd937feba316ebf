import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { serverNow } from "../../api/clock";
import { Problem } from "../../api/problem";
import { eTickets, reservation } from "../../api/reservations";
import { useTranslation } from "../../i18n/useTranslation";
import { TicketCard } from "../../tickets/TicketCard";
import styles from "../../tickets/Tickets.module.css";
import { useAwake } from "../../tickets/useAwake";
import { Button, ButtonLink } from "../../ui/Button";
import { Page } from "../../ui/Page";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { Skeleton } from "../../ui/Skeleton";
import { stateOf } from "./state";

const LOOK_MS = 3_000;

/** The tickets of a reservation, to be shown at the entrance or printed. */
export default function TicketsPage() {
  const { t } = useTranslation("account");
  const { reservationId = "" } = useParams();
  const reserved = useQuery({
    ...reservation(reservationId),
    gcTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && stateOf(data, serverNow()) === "paying" && LOOK_MS,
  });
  // There are none before it is confirmed, which it may be at the next look.
  const isConfirmed = reserved.data?.status === "CONFIRMED";
  const tickets = useQuery({ ...eTickets(reservationId), enabled: isConfirmed });
  useAwake();
  const isHere = tickets.data !== undefined && reserved.data !== undefined;
  // What was read once is shown whatever the network does.
  const error = isHere
    ? null
    : reserved.data && !isConfirmed
      ? new Problem(409, "not_confirmed")
      : (tickets.error ?? reserved.error);
  const back = `/reservations/${reservationId}`;
  return (
    <Page title={t("tickets.title")}>
      {error !== null && (
        <>
          <ProblemNotice
            error={error}
            texts={{ not_confirmed: t("tickets.notConfirmed"), not_found: t("reservation.notFound") }}
            onRetry={() => {
              if (isConfirmed) void tickets.refetch();
              else void reserved.refetch();
            }}
          />
          <div>
            <ButtonLink kind="secondary" to={back}>
              {t("tickets.toReservation")}
            </ButtonLink>
          </div>
        </>
      )}
      {error === null && !isHere && <Skeleton rows={1} height={560} />}
      {isHere && (
        <>
          <div className={styles.tools}>
            <p>{t("tickets.hint")}</p>
            <Button onClick={() => window.print()}>{t("tickets.print")}</Button>
          </div>
          <div className={styles.tickets}>
            {tickets.data.map((ticket, index) => (
              <TicketCard
                key={ticket.id}
                ticket={ticket}
                performance={reserved.data.performance}
                number={index + 1}
                total={tickets.data.length}
              />
            ))}
          </div>
          <div className={styles.tools}>
            <ButtonLink kind="secondary" to={back}>
              {t("tickets.toReservation")}
            </ButtonLink>
          </div>
        </>
      )}
    </Page>
  );
}
