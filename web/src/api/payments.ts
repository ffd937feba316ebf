import { queryOptions } from "@tanstack/react-query";
import { api, body } from "./client";
import type { components } from "./schema";

export type Payment = components["schemas"]["Payment"];

/** A payment of one's own. */
export const payment = (paymentId: string) =>
  queryOptions({
    queryKey: ["mine", "payment", paymentId],
    queryFn: async ({ signal }) =>
      body(await api.GET("/payments/{paymentId}", { params: { path: { paymentId } }, signal })),
  });

/** How a reservation is to be paid: so much of it in points, the rest by the card that the gateway's key stands for. */
export interface Order {
  readonly reservationId: string;
  readonly paymentId: string;
  readonly points: number;
  /** `null` when points pay for all of it. */
  readonly paymentKey: string | null;
}

/** Pays. The same order sent again is the same payment: its id names the request, too. */
export async function pay(order: Order): Promise<string> {
  const answer = await api.POST("/payments", {
    params: { header: { "Idempotency-Key": order.paymentId } },
    body: paymentOrder(order),
  });
  return body(answer).id;
}

/** The order as the API knows it. */
export function paymentOrder({ reservationId, paymentId, points, paymentKey }: Order) {
  if (paymentKey === null) return { reservationId, paymentId, method: "POINT" as const };
  if (points === 0) return { reservationId, paymentId, method: "CARD" as const, paymentKey };
  return { reservationId, paymentId, method: "MIXED" as const, pointAmount: points, paymentKey };
}
