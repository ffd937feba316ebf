import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { reservation } from "../../api/reservations";
import { useNow } from "../../format/useNow";
import { useLive } from "../../live/useLive";
import { isMoving, type State, stateOf } from "./state";

const POLL_MS = { live: 15_000, lost: 3_000 } as const;

/** A reservation that is watched: news come by themselves, and while something is under way the page asks, too. */
export function useReservation(reservationId: string) {
  const queries = useQueryClient();
  const options = reservation(reservationId);
  const now = useNow();
  const renew = () => void queries.invalidateQueries({ queryKey: options.queryKey });
  const connection = useLive(reservationId, {
    onMessage: (message) => {
      if (message.type === "reservation-updated" && message.reservationId === reservationId) {
        // A message may come late: the greatest version holds.
        if (message.version > (queries.getQueryData(options.queryKey)?.version ?? 0)) renew();
      } else if (message.type === "payment-result" && message.reservationId === reservationId) renew();
    },
  });
  const query = useQuery({
    ...options,
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && isMoving(stateOf(data, Date.now())) ? POLL_MS[connection] : false,
  });
  const state: State | null = query.data === undefined ? null : stateOf(query.data, now);
  // The hold has ended by the clock: what the server makes of it is worth asking.
  useEffect(() => {
    if (state === "expired")
      void queries.invalidateQueries({ queryKey: ["mine", "reservation", reservationId] });
  }, [state, queries, reservationId]);
  return { query, state, now };
}
