import { gzipSync } from "node:zlib";

/** How many seats the arena has. */
export const ARENA_SEATS = 20_000;

/** What of the arena is sold at one price. */
export interface Class {
  readonly name: string;
  readonly price: number;
  readonly sectionIds: readonly string[];
}

interface Ring {
  readonly id: string;
  readonly name: string;
  readonly price: number;
  /** Metres from the middle to the first row. */
  readonly radius: number;
}

const SECTIONS = 12;
const ROWS = 25;
const SEATS = 30;
// Metres between seats and between rows.
const [SEAT, ROW] = [0.6, 0.9];
const RINGS: readonly Ring[] = [
  { id: "L", name: "Lower", price: 121_000, radius: 64 },
  { id: "U", name: "Upper", price: 88_000, radius: 91 },
];
// The stage stands where the rings are open: they reach this far to either side, in radians.
const REACH = 1.75;
const BLOCK = 50;

/**
 * An arena as there are many: a floor of four sections before the stage, and two rings of twelve sections with bent rows
 * around it. Packed as `POST /admin/layouts` takes it, since plain it is larger than a request may be.
 */
export function arena(): { layout: { name: string; geometry: string }; classes: readonly Class[] } {
  const floor = [0, 1, 2, 3].map((place) => flat(`F${place + 1}`, `Floor ${place + 1}`, place));
  const rings = RINGS.map((ring) => Array.from({ length: SECTIONS }, (_, place) => bent(ring, place)));
  const sections = [floor, ...rings].flat();
  return {
    layout: { name: "자리 아레나", geometry: gzipSync(JSON.stringify({ sections })).toString("base64") },
    classes: [
      { name: "Floor", price: 154_000, sectionIds: floor.map(({ id }) => id) },
      ...RINGS.map(({ name, price }, ring) => ({
        name,
        price,
        sectionIds: (rings[ring] ?? []).map(({ id }) => id),
      })),
    ],
  };
}

// Twenty straight rows of twenty-five, two sections beside two.
function flat(id: string, name: string, place: number) {
  const left = (place % 2) * 18 - 17;
  const front = place < 2 ? -24 : -3;
  return section(id, name, 20, 25, (row, seat) => [left + seat * SEAT, front + row * ROW]);
}

function bent({ id, name, radius }: Ring, place: number) {
  const width = (2 * REACH) / SECTIONS;
  const begin = -REACH + place * width;
  return section(`${id}${place + 1}`, `${name} ${place + 1}`, ROWS, SEATS, (row, seat) => {
    const away = radius + row * ROW;
    // The same distance between seats in each row, with the aisles growing outwards.
    const angle = begin + width / 2 + ((seat - (SEATS - 1) / 2) * SEAT) / away;
    return [away * Math.sin(angle), away * Math.cos(angle)];
  });
}

function section(
  id: string,
  name: string,
  rows: number,
  seatsPerRow: number,
  place: (row: number, seat: number) => [number, number],
) {
  const blocks: { id: string; seats: object[] }[] = [];
  const seats = Array.from({ length: rows * seatsPerRow }, (_, index) => {
    const [row, seat] = [Math.floor(index / seatsPerRow), index % seatsPerRow];
    const [x, y] = place(row, seat);
    const letter = String.fromCharCode(65 + row);
    return {
      id: `${id}-${letter}-${seat + 1}`,
      label: String(seat + 1),
      row: letter,
      x: Math.round(x * 10) / 10,
      y: Math.round(y * 10) / 10,
      accessible: row === 0 && (seat === 0 || seat === seatsPerRow - 1),
    };
  });
  for (let from = 0; from < seats.length; from += BLOCK) {
    blocks.push({ id: `${id}-${from / BLOCK + 1}`, seats: seats.slice(from, from + BLOCK) });
  }
  return { id, name, blocks };
}
