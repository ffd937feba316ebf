import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Problem } from "../api/problem";
import { seatMap } from "../api/seats";
import type { LiveSeats } from "../seat-map/live-seats";

// As old as a map can be: a second in the function that made it, and a second in a cache at the edge.
const OLDEST_MAP_MS = 2_200;

/**
 * Whether the map may still show as somebody else's what was one's own. A request takes its seats before the buyer's other
 * reservations are looked at: where it is refused for those, a map of that moment shows its seats as held.
 */
export function useAftermath(
  problem: Problem | null,
  live: LiveSeats,
  eventId: string,
  performanceId: string,
): boolean {
  const queries = useQueryClient();
  const [last, setLast] = useState<{ problem: Problem; isOver: boolean } | null>(null);
  // Before anything is drawn, and so before a choice is compared with the map. Seats that others have are named at once.
  if (problem !== null && problem.code !== "seats_unavailable" && last?.problem !== problem) {
    setLast({ problem, isOver: false });
  }

  useEffect(() => {
    if (last === null || last.isOver) return;
    const look = async () => {
      try {
        live.take(await queries.fetchQuery({ ...seatMap(eventId, performanceId), staleTime: 0 }));
      } catch {
        // The page says itself that its map is old.
      }
      setLast((known) => (known === last ? { ...known, isOver: true } : known));
    };
    const timer = setTimeout(() => void look(), OLDEST_MAP_MS);
    return () => clearTimeout(timer);
  }, [last, live, queries, eventId, performanceId]);

  return last !== null && !last.isOver;
}
