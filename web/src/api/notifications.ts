import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, body } from "./client";
import type { components } from "./schema";

export type Notification = components["schemas"]["Notification"];

/** The latest messages of one's inbox. Keys that begin with `mine` are forgotten when somebody else logs in. */
export const inbox = () =>
  queryOptions({
    queryKey: ["mine", "inbox"],
    queryFn: async ({ signal }) => body(await api.GET("/notifications", { signal })),
    staleTime: 30_000,
  });

/** The whole inbox, newest first, page by page. */
export const inboxPages = () =>
  infiniteQueryOptions({
    queryKey: ["mine", "inbox", "pages"],
    queryFn: async ({ signal, pageParam }) =>
      body(await api.GET("/notifications", { signal, params: { query: { cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

/** Says that one has read messages: one after the other, since an inbox is not in a hurry. */
export async function markRead(ids: readonly string[]): Promise<void> {
  for (const notificationId of ids) {
    await api.POST("/notifications/{notificationId}/read", { params: { path: { notificationId } } });
  }
}
