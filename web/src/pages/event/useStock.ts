import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { bookableDates, type EventDetail, stock } from "../../api/events";
import { leftOf } from "../../catalogue/sale";
import { useLive } from "../../live/useLive";

const LIVE_MS = 60_000;
const POLL_MS = 10_000;

/** What is left of an event and how many look at it, as it changes. */
export function useStock(event: EventDetail) {
  const [viewers, setViewers] = useState(0);
  const client = useQueryClient();
  const isWatched = event.status !== "ENDED" && event.status !== "CANCELLED";
  const connection = useLive(isWatched ? event.id : null, {
    join: () => ({ action: "join-event", eventId: event.id }),
    leave: { action: "leave-event", eventId: event.id },
    onMessage(message) {
      if (message.type === "room-info" && message.eventId === event.id) setViewers(message.viewers);
      if (message.type !== "ticket-updated" || message.eventId !== event.id) return;
      const { performanceId, available } = message;
      client.setQueryData(stock(message.ticketTypeId).queryKey, (known) =>
        known?.map((entry) => (entry.performanceId === performanceId ? { ...entry, available } : entry)),
      );
    },
  });
  // News may have been lost while the connection was: now and then everything is asked for, too.
  const refetchInterval = isWatched && (connection === "live" ? LIVE_MS : POLL_MS);
  const { data: dates } = useQuery({ ...bookableDates(event.id), refetchInterval, enabled: isWatched });
  const stocks = useQueries({
    queries: event.ticketTypes.map(({ id }) => ({ ...stock(id), refetchInterval, enabled: isWatched })),
    combine: (results) => results.map(({ data }) => data),
  });
  return {
    viewers,
    /** What is left of a performance. */
    left: (performanceId: string) => leftOf(performanceId, stocks, dates),
    /** What is left of each ticket type for a performance, in the event's order. */
    leftByType: (performanceId: string) =>
      stocks.map((known) => known?.find((entry) => entry.performanceId === performanceId)?.available ?? null),
  };
}
