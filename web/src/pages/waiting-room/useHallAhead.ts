import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { EventDetail } from "../../api/events";
import type { QueueAnswer } from "../../api/queue";
import { layout } from "../../api/seats";

// Nobody loads a hall for a turn that may never come.
const SOON_SECONDS = 300;

/** Loads the hall for those whose turn is near, so that only the free seats are still to come when it is theirs. */
export function useHallAhead(
  details: EventDetail | undefined,
  performanceId: string | null,
  answer: QueueAnswer | undefined,
): void {
  const client = useQueryClient();
  const layoutId = isSoon(answer) ? hallOf(details, performanceId) : null;
  useEffect(() => {
    if (layoutId === null) return;
    // Whoever shows them loads them again, and says that they cannot be loaded.
    import("../seats/SeatsPage").catch(() => undefined);
    void client.prefetchQuery(layout(layoutId));
  }, [client, layoutId]);
}

function isSoon(answer: QueueAnswer | undefined): boolean {
  if (answer?.status !== "WAITING") return false;
  const seconds = answer.estimatedWaitSeconds;
  return seconds !== null && seconds <= SOON_SECONDS;
}

/** The hall of the chosen performance, or of the first where none is chosen yet: most events are in one hall. */
function hallOf(details: EventDetail | undefined, performanceId: string | null): string | null {
  const playing = details?.performances.filter(({ cancelled }) => !cancelled) ?? [];
  const chosen = playing.find(({ id }) => id === performanceId) ?? playing[0];
  return chosen?.layoutId ?? null;
}
