import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, body } from "./client";
import type { components, operations } from "./schema";

export type Category = components["schemas"]["Category"];
export type EventCard = components["schemas"]["EventCard"];
export type EventDetail = components["schemas"]["Event"];
export type EventStatus = components["schemas"]["PublicEventStatus"];
export type Performance = components["schemas"]["Performance"];
export type TicketType = components["schemas"]["TicketType"];
export type BookableDate = components["schemas"]["BookableDate"];
export type Stock = components["schemas"]["Stock"];
export type Ranking = components["schemas"]["Ranking"];
export type EventFilter = Omit<NonNullable<operations["listEvents"]["parameters"]["query"]>, "cursor">;
export type RankingOf = Required<
  Pick<NonNullable<operations["getRanking"]["parameters"]["query"]>, "window" | "by">
>;

/** An event with its performances and ticket types. */
export const event = (eventId: string) =>
  queryOptions({
    queryKey: ["event", eventId],
    queryFn: async ({ signal }) =>
      body(await api.GET("/events/{eventId}", { params: { path: { eventId } }, signal })),
    staleTime: 30_000,
  });

/** Pages of published events. */
export const events = (filter: EventFilter) =>
  infiniteQueryOptions({
    queryKey: ["events", filter],
    queryFn: async ({ pageParam, signal }) =>
      body(
        await api.GET("/events", {
          params: { query: { ...filter, ...(pageParam !== null && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });

/** The days on which something of an event is left, as the calendar at the venue has them. */
export const bookableDates = (eventId: string) =>
  queryOptions({
    queryKey: ["dates", eventId],
    queryFn: async ({ signal }) =>
      body(await api.GET("/events/{eventId}/dates", { params: { path: { eventId } }, signal })).items,
  });

/** What is left of a ticket type, for each performance. */
export const stock = (ticketTypeId: string) =>
  queryOptions({
    queryKey: ["stock", ticketTypeId],
    queryFn: async ({ signal }) =>
      body(
        await api.GET("/tickets/availability/{ticketTypeId}", { params: { path: { ticketTypeId } }, signal }),
      ).items,
  });

/** Which events sell best, or sold out fastest. */
export const ranking = (of: RankingOf) =>
  queryOptions({
    queryKey: ["ranking", of],
    queryFn: async ({ signal }) =>
      body(await api.GET("/events/ranking", { params: { query: { ...of, limit: 10 } }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
