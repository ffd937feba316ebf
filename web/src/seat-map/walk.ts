import { at, type Hall } from "./hall";

export type Direction = "left" | "right" | "up" | "down";

// A seat that lies aside counts as this much farther away than one straight ahead.
const ASIDE = 3;

/**
 * The seat where an arrow key leads: along the row to the next one, otherwise to what lies that way, the straighter the
 * better. `null` at the edge of the hall.
 */
export function step(hall: Hall, from: number, direction: Direction): number | null {
  const sideways = direction === "left" || direction === "right";
  if (sideways) {
    const row = hall.rows[at(hall.row, from)]?.seats ?? [];
    const next = row[row.indexOf(from) + (direction === "right" ? 1 : -1)];
    if (next !== undefined) return next;
  }
  const sign = direction === "right" || direction === "down" ? 1 : -1;
  let best: number | null = null;
  let least = Infinity;
  for (let seat = 0; seat < hall.size; seat += 1) {
    const [dx, dy] = [at(hall.x, seat) - at(hall.x, from), at(hall.y, seat) - at(hall.y, from)];
    const [ahead, aside] = sideways ? [dx * sign, Math.abs(dy)] : [dy * sign, Math.abs(dx)];
    // What lies more aside than ahead is in another direction.
    if (ahead <= hall.pitch / 4 || aside > ahead * 2) continue;
    const cost = ahead + aside * ASIDE;
    if (cost < least) {
      best = seat;
      least = cost;
    }
  }
  return best;
}

/** The first or the last seat of a seat's row. */
export function rowEnd(hall: Hall, from: number, end: "first" | "last"): number {
  const seats = hall.rows[at(hall.row, from)]?.seats ?? [];
  return seats.at(end === "first" ? 0 : -1) ?? from;
}

/** The seat in the middle of the front row of the next section, or of the one before; the same at the ends. */
export function otherSection(hall: Hall, from: number, by: 1 | -1): number {
  const section = hall.sections[at(hall.section, from) + by];
  const row = hall.rows[section?.rows[0] ?? -1]?.seats;
  return row?.[Math.floor(row.length / 2)] ?? from;
}

/** Where to begin: the middle of the front row of the first section that has anything to sell. */
export function beginning(hall: Hall): number {
  const section = hall.sections.find(({ priceClass }) => priceClass >= 0) ?? hall.sections[0];
  const row = hall.rows[section?.rows[0] ?? -1]?.seats;
  return row?.[Math.floor(row.length / 2)] ?? 0;
}
