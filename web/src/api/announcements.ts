import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, body } from "./client";
import type { components } from "./schema";

export type Announcement = components["schemas"]["Announcement"];

/** Announcements, pinned ones first, then the latest first. */
export const announcements = (limit: number) =>
  infiniteQueryOptions({
    queryKey: ["announcements", limit],
    queryFn: async ({ pageParam, signal }) =>
      body(
        await api.GET("/announcements", {
          params: { query: { limit, ...(pageParam !== null && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 30_000,
  });

/** An announcement. */
export const announcement = (announcementId: string) =>
  queryOptions({
    queryKey: ["announcement", announcementId],
    queryFn: async ({ signal }) =>
      body(
        await api.GET("/announcements/{announcementId}", { params: { path: { announcementId } }, signal }),
      ),
    staleTime: 30_000,
  });
