import { queryOptions } from "@tanstack/react-query";
import { api, body } from "./client";
import type { components } from "./schema";

export type QueueAnswer = components["schemas"]["QueueAnswer"];
export type QueueWait = components["schemas"]["QueueWait"];
export type QueueStatus = components["schemas"]["QueueStatus"];

/** The line of an event as everybody sees it; phase `NONE` where no waiting room guards the sale. */
export const queueStatus = (eventId: string) =>
  queryOptions({
    queryKey: ["queue", eventId],
    queryFn: async ({ signal }) =>
      body(await api.GET("/queue/status/{eventId}", { params: { path: { eventId } }, signal })),
  });

/** Asks to come in, or where one stands. Whoever shows no ticket and has to wait gets a new place. */
export async function checkQueue(eventId: string, ticket: string | null): Promise<QueueAnswer> {
  return body(
    await api.POST("/queue/check/{eventId}", {
      params: { path: { eventId } },
      body: ticket === null ? {} : { ticket },
    }),
  );
}

/** Gives one's place inside the sale to somebody else. */
export async function leaveQueue(eventId: string): Promise<void> {
  await api.POST("/queue/leave/{eventId}", { params: { path: { eventId } } });
}
