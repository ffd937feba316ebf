import { queryOptions } from "@tanstack/react-query";
import { api, body } from "./client";
import type { components } from "./schema";

export type SeatMap = components["schemas"]["SeatMap"];
export type Layout = components["schemas"]["Layout"];
export type PricedTicketType = components["schemas"]["PricedTicketType"];
export type Reservation = components["schemas"]["Reservation"];
export type TicketChoice = components["schemas"]["TicketChoice"];

/** The geometry of a hall. It never changes. */
export const layout = (layoutId: string) =>
  queryOptions({
    queryKey: ["layout", layoutId],
    queryFn: async ({ signal }) =>
      body(await api.GET("/seats/layouts/{layoutId}", { params: { path: { layoutId } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    // Tens of thousands of seats are not compared with themselves.
    structuralSharing: false,
  });

/** Which seats of a performance are free. */
export const seatMap = (eventId: string, performanceId: string) =>
  queryOptions({
    queryKey: ["seats", eventId, performanceId],
    queryFn: async ({ signal }) =>
      body(
        await api.GET("/seats/events/{eventId}", {
          params: { path: { eventId }, query: { performanceId } },
          signal,
        }),
      ),
    staleTime: 0,
    structuralSharing: false,
  });

/** What a hold is asked for with: its name makes a repeated request the same one. */
export interface HoldRequest {
  readonly idempotencyKey: string;
  readonly admission: string | null;
}

/** Holds chosen seats for five minutes. */
export async function holdSeats(
  performanceId: string,
  seatIds: readonly string[],
  request: HoldRequest,
): Promise<Reservation> {
  return body(
    await api.POST("/seats/reserve", {
      params: { header: headers(request) },
      body: { performanceId, seatIds: [...seatIds] },
    }),
  );
}

/** Holds the best seats that are left, or tickets without a place. */
export async function holdTickets(choice: TicketChoice, request: HoldRequest): Promise<Reservation> {
  return body(await api.POST("/reservations", { params: { header: headers(request) }, body: choice }));
}

/** Lets held seats go at once. */
export async function releaseHold(reservationId: string): Promise<void> {
  await api.DELETE("/seats/reservation/{reservationId}", { params: { path: { reservationId } } });
}

function headers({ idempotencyKey, admission }: HoldRequest) {
  return { "Idempotency-Key": idempotencyKey, ...(admission !== null && { "X-Admission-Token": admission }) };
}
