import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, body } from "./client";
import type { components } from "./schema";

export type Reservation = components["schemas"]["Reservation"];
export type ETicket = components["schemas"]["ETicket"];
export type CancellationQuote = components["schemas"]["CancellationQuote"];

/** A reservation of one's own. */
export const reservation = (reservationId: string) =>
  queryOptions({
    queryKey: ["mine", "reservation", reservationId],
    queryFn: async ({ signal }) =>
      body(await api.GET("/reservations/{reservationId}", { signal, params: { path: { reservationId } } })),
  });

/** One's reservations, newest first, page by page. */
export const myReservations = () =>
  infiniteQueryOptions({
    queryKey: ["mine", "reservations"],
    queryFn: async ({ signal, pageParam }) =>
      body(await api.GET("/reservations/my", { signal, params: { query: { cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

/** The tickets of a paid reservation. Once read they stay, for there is no network in front of some entrances. */
export const eTickets = (reservationId: string) =>
  queryOptions({
    queryKey: ["mine", "e-tickets", reservationId],
    queryFn: async ({ signal }) =>
      body(
        await api.GET("/reservations/{reservationId}/tickets", {
          signal,
          params: { path: { reservationId } },
        }),
      ).items,
    gcTime: Number.POSITIVE_INFINITY,
  });

/** What cancelling now would give back; asked anew each time, since it promises nothing beyond its moment. */
export const cancellationQuote = (reservationId: string) =>
  queryOptions({
    queryKey: ["mine", "cancellation-quote", reservationId],
    queryFn: async ({ signal }) =>
      body(
        await api.GET("/reservations/{reservationId}/cancellation-quote", {
          signal,
          params: { path: { reservationId } },
        }),
      ),
    staleTime: 0,
    gcTime: 0,
  });

/**
 * Cancels a reservation as it was seen (`version`); `key` names the wish, so that it is fulfilled once however often it is
 * sent. Answers the reservation as it is now.
 */
export async function cancelReservation(
  reservationId: string,
  version: number,
  key: string,
): Promise<Reservation> {
  return body(
    await api.POST("/reservations/{reservationId}/cancel", {
      params: { path: { reservationId }, header: { "Idempotency-Key": key } },
      body: { version },
    }),
  );
}
