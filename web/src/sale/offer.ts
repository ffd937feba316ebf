import { FREE } from "../seat-map/availability";
import { nearestTogether } from "../seat-map/best-fit";
import type { Hall } from "../seat-map/hall";

/**
 * What to choose instead after others were faster: when all seats were of one price, as many side by side as near as
 * possible; otherwise what is kept, and for the lost ones as many together of their price. `null` when there are none.
 */
export function nextBest(
  hall: Hall,
  states: Uint8Array,
  wanted: readonly number[],
  lost: readonly number[],
): readonly number[] | null {
  const first = lost[0];
  if (first === undefined) return null;
  const priceClass = hall.priceClassOf(first);
  const isOnePrice = wanted.every((seat) => hall.priceClassOf(seat) === priceClass);
  const kept = isOnePrice ? [] : wanted.filter((seat) => !lost.includes(seat));
  const taken = new Set([...lost, ...kept]);
  const quantity = wanted.length - kept.length;
  const found = nearestTogether(hall, states, isOnePrice ? wanted : lost, quantity, priceClass, taken);
  return found && [...kept, ...found];
}

/** The offer that was made, as long as nobody takes a seat of it; then the next best. */
export function offerAfter(
  known: readonly number[] | null,
  ...now: Parameters<typeof nextBest>
): readonly number[] | null {
  const [, states, , lost] = now;
  const stays = lost.length > 0 && known?.every((seat) => states[seat] === FREE);
  return stays ? known : nextBest(...now);
}
