import { FREE } from "./availability";
import { areNeighbours, at, type Hall } from "./hall";

// What a lone free seat left over costs, in distances between seats: somebody else wants two.
const ORPHAN_COST = 4;

/**
 * The free seats of a price class, side by side, that are nearest to where somebody wanted to sit; `null` when so many
 * are nowhere together. `taken` are seats that the person has or just lost, whatever the map says yet.
 */
export function nearestTogether(
  hall: Hall,
  states: Uint8Array,
  wanted: readonly number[],
  quantity: number,
  priceClass: number,
  taken: ReadonlySet<number> = new Set(),
): number[] | null {
  if (wanted.length === 0 || quantity < 1) return null;
  const x = wanted.reduce((sum, seat) => sum + at(hall.x, seat), 0) / wanted.length;
  const y = wanted.reduce((sum, seat) => sum + at(hall.y, seat), 0) / wanted.length;
  const isFree = (seat: number) => states[seat] === FREE && !taken.has(seat);
  let best: number[] | null = null;
  let least = Infinity;
  for (const row of hall.rows) {
    if (hall.sections[row.section]?.priceClass !== priceClass) continue;
    for (const run of freeRuns(hall, row.seats, isFree)) {
      for (let start = 0; start + quantity <= run.length; start += 1) {
        const group = run.slice(start, start + quantity);
        const orphans = [start, run.length - start - quantity].filter((left) => left === 1).length;
        const away = group.reduce(
          (sum, seat) => sum + Math.hypot(at(hall.x, seat) - x, at(hall.y, seat) - y),
          0,
        );
        const cost = away / quantity + orphans * ORPHAN_COST * hall.pitch;
        if (cost < least) {
          best = group;
          least = cost;
        }
      }
    }
  }
  return best;
}

function freeRuns(hall: Hall, row: readonly number[], isFree: (seat: number) => boolean): number[][] {
  const runs: number[][] = [];
  let last: number | null = null;
  for (const seat of row) {
    if (!isFree(seat)) {
      last = null;
      continue;
    }
    const run = runs.at(-1);
    if (run !== undefined && last !== null && areNeighbours(hall, last, seat)) run.push(seat);
    else runs.push([seat]);
    last = seat;
  }
  return runs;
}
