import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, body } from "./client";
import type { components } from "./schema";

export type PointsEntry = components["schemas"]["PointsEntry"];

/** One's balance of points. */
export const points = () =>
  queryOptions({
    queryKey: ["mine", "points"],
    queryFn: async ({ signal }) => body(await api.GET("/points", { signal })),
  });

/** How they moved, newest first, page by page. */
export const pointsHistory = () =>
  infiniteQueryOptions({
    queryKey: ["mine", "points", "history"],
    queryFn: async ({ signal, pageParam }) =>
      body(await api.GET("/points/history", { signal, params: { query: { cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

/** Buys points with a card; `chargeId` is the order id that the gateway's form was opened with, and names the wish. */
export async function chargePoints(order: {
  amount: number;
  paymentKey: string;
  chargeId: string;
}): Promise<string> {
  const accepted = body(
    await api.POST("/points/charge", {
      params: { header: { "Idempotency-Key": order.chargeId } },
      body: order,
    }),
  );
  return accepted.id;
}
