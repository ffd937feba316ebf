import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { serverNow } from "../api/clock";
import { type Layout, type SeatMap, seatMap } from "../api/seats";
import type { Connection } from "../live/live";
import { say } from "../live/live";
import { useLive } from "../live/useLive";
import { type Hall, hallOf } from "../seat-map/hall";
import { LiveSeats } from "../seat-map/live-seats";

// The map may be a second old: asking more often brings the same one.
const BEHIND_MS = 700;
const WITHOUT_SOCKET_MS = 4_000;
// Of seats that were held before anybody listened nobody says when they are free again.
const UNTIMED_HOLDS_MS = 20_000;
const SAY_MS = 600;

export interface SeatsNow {
  readonly live: LiveSeats;
  readonly hall: Hall;
  readonly connection: Connection;
  /** The map could not be read again: what is shown may be old. */
  readonly isStale: boolean;
}

/** The seats of a performance, kept right by the live updates, or by asking every few seconds while there are none. */
export function useLiveSeats(
  eventId: string,
  layout: Layout,
  first: SeatMap,
  chosen: readonly number[],
): SeatsNow {
  const { performanceId } = first;
  // The ticket types of a performance on sale do not change under its map.
  const [began] = useState(first);
  const hall = useMemo(() => hallOf(layout, began.ticketTypes), [layout, began]);
  const live = useMemo(() => new LiveSeats(hall, began), [hall, began]);
  useSyncExternalStore(live.subscribe, live.snapshot);

  const connection = useLive(performanceId, {
    join: () => ({ action: "join-seat-selection", performanceId }),
    leave: { action: "leave-seat-selection", performanceId },
    onMessage: (message) => {
      if (!("performanceId" in message) || message.performanceId !== performanceId) return;
      if (message.type === "room-info" && message.version !== undefined) live.joined(message.version);
      if (message.type === "seat-locked" || message.type === "seat-update") live.apply(message);
      if (message.type === "seat-selection") live.choose(message.seats);
    },
  });

  const pause = live.needsMap
    ? BEHIND_MS
    : connection === "lost"
      ? WITHOUT_SOCKET_MS
      : live.hasUntimedHolds
        ? UNTIMED_HOLDS_MS
        : false;
  // The page has just asked. What has changed since is told by the socket, or asked for while there is none.
  const map = useQuery({
    ...seatMap(eventId, performanceId),
    refetchInterval: pause,
    refetchOnMount: false,
  });
  useEffect(() => {
    if (map.data && map.data !== began) live.take(map.data);
  }, [live, map.data, began]);

  useEffect(() => {
    const timer = setInterval(() => live.expire(serverNow()), 1_000);
    return () => clearInterval(timer);
  }, [live]);

  useSayChoice(performanceId, hall, chosen, connection);
  return { live, hall, connection, isStale: map.isError };
}

// Others see what somebody thinks about; a choice that changes quickly is said once.
function useSayChoice(
  performanceId: string,
  hall: Hall,
  chosen: readonly number[],
  connection: Connection,
): void {
  const hasSaid = useRef(false);
  useEffect(() => {
    if (connection === "lost") {
      hasSaid.current = false;
      return;
    }
    if (chosen.length === 0 && !hasSaid.current) return;
    const timer = setTimeout(() => {
      hasSaid.current = true;
      const seatIds = chosen.map((seat) => hall.ids[seat] ?? "");
      say({ action: "seat-selection-changed", performanceId, seatIds });
    }, SAY_MS);
    return () => clearTimeout(timer);
  }, [performanceId, hall, chosen, connection]);
}
