import { FREE } from "./availability";

// Seats that POST /seats/reserve takes at once.
const MOST_AT_ONCE = 8;

/** How many seats somebody may choose: what one request takes, and what the event allows a buyer. */
export function mostSeats(buyerLimit: number): number {
  return Math.min(MOST_AT_ONCE, buyerLimit);
}

/** The choice with a seat more, or less when it was in it; the same when that would be too many. */
export function toggle(chosen: readonly number[], seat: number, most: number): readonly number[] {
  if (chosen.includes(seat)) return chosen.filter((other) => other !== seat);
  return chosen.length < most ? [...chosen, seat] : chosen;
}

/** What of a choice can still be had, and what somebody else has by now. */
export function sift(
  chosen: readonly number[],
  states: Uint8Array,
): { kept: readonly number[]; gone: readonly number[] } {
  const gone = chosen.filter((seat) => states[seat] !== FREE);
  return gone.length === 0
    ? { kept: chosen, gone }
    : { kept: chosen.filter((seat) => !gone.includes(seat)), gone };
}

const KEY = "jari.choice.";

/** Keeps a choice over a log-in or a reload of this tab. */
export function rememberChoice(performanceId: string, seatIds: readonly string[]): void {
  try {
    if (seatIds.length === 0) sessionStorage.removeItem(KEY + performanceId);
    else sessionStorage.setItem(KEY + performanceId, JSON.stringify(seatIds));
  } catch {
    // Storage is forbidden here: the choice lives as long as the page.
  }
}

/** The choice that was kept. */
export function recallChoice(performanceId: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY + performanceId) ?? "[]");
    return Array.isArray(kept) ? kept.filter((id) => typeof id === "string").slice(0, MOST_AT_ONCE) : [];
  } catch {
    return [];
  }
}
