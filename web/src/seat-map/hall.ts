import type { components } from "../api/schema";
import { type Bounds, hull, type Point, widened } from "./shapes";

type Layout = components["schemas"]["Layout"];
type TicketType = components["schemas"]["PricedTicketType"];

/** Seats that are sold at one price. */
export interface PriceClass {
  readonly id: string;
  readonly name: string;
  /** In the currency's minor unit. */
  readonly price: number;
  readonly currency: string;
}

export interface HallSection {
  readonly id: string;
  readonly name: string;
  /** Index of its price class; -1 when nothing of it is for sale. */
  readonly priceClass: number;
  /** Its seats are those from `start` up to and without `end`. */
  readonly start: number;
  readonly end: number;
  readonly bounds: Bounds;
  /** The outline of its area, convex: a little farther out than its outermost seats. */
  readonly outline: readonly Point[];
  /** Indices of its rows, from the stage. */
  readonly rows: readonly number[];
}

export interface HallRow {
  readonly name: string;
  readonly section: number;
  /** Its seats from left to right. */
  readonly seats: readonly number[];
  /** The usual distance between neighbours; more than half as much again is an aisle. */
  readonly pitch: number;
}

/**
 * The seats of a performance as numbers from 0, with what is asked of them often in typed arrays. Positions are in the
 * layout's unit, x to the right and y away from the stage.
 */
export interface Hall {
  readonly size: number;
  readonly ids: readonly string[];
  readonly labels: readonly string[];
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly section: Uint16Array;
  readonly row: Uint32Array;
  readonly accessible: Uint8Array;
  readonly sections: readonly HallSection[];
  readonly rows: readonly HallRow[];
  /** Where the seats of a block begin and how many there are. */
  readonly blocks: ReadonlyMap<string, { readonly start: number; readonly count: number }>;
  readonly classes: readonly PriceClass[];
  readonly bounds: Bounds;
  /** The usual distance between neighbours anywhere. */
  readonly pitch: number;
  indexOf(id: string): number | undefined;
  priceClassOf(seat: number): number;
}

const AISLE = 1.5;
/** How far a section reaches beyond its outermost seats, in distances between seats. */
export const AREA_MARGIN = 0.8;

/** Builds the index of a layout under the ticket types of a performance. */
export function hallOf(layout: Layout, ticketTypes: readonly TicketType[]): Hall {
  const types = ticketTypes.filter(({ sectionIds }) => sectionIds.length > 0);
  const size = layout.sections.reduce(
    (sum, { blocks }) => sum + blocks.reduce((seats, block) => seats + block.seats.length, 0),
    0,
  );
  const [x, y] = [new Float32Array(size), new Float32Array(size)];
  const [section, row, accessible] = [new Uint16Array(size), new Uint32Array(size), new Uint8Array(size)];
  const ids: string[] = [];
  const labels: string[] = [];
  const blocks = new Map<string, { start: number; count: number }>();
  const sections: HallSection[] = [];
  const rows: HallRow[] = [];

  for (const part of layout.sections) {
    const start = ids.length;
    const byName = new Map<string, number[]>();
    for (const block of part.blocks) {
      blocks.set(block.id, { start: ids.length, count: block.seats.length });
      for (const seat of block.seats) {
        const index = ids.length;
        ids.push(seat.id);
        labels.push(seat.label);
        x[index] = seat.x;
        y[index] = seat.y;
        section[index] = sections.length;
        accessible[index] = seat.accessible ? 1 : 0;
        const known = byName.get(seat.row);
        if (known) known.push(index);
        else byName.set(seat.row, [index]);
      }
    }
    const own: number[] = [];
    const shape: Point[] = [];
    for (const [name, seats] of byName) {
      seats.sort((a, b) => at(x, a) - at(x, b) || a - b);
      for (const seat of seats) row[seat] = rows.length;
      // Enough for an outline: between them a bent row deviates from straight lines by less than the margin around it.
      seats.forEach((seat, place) => {
        if (place % 4 === 0 || place === seats.length - 1) shape.push({ x: at(x, seat), y: at(y, seat) });
      });
      own.push(rows.length);
      rows.push({ name, section: sections.length, seats, pitch: pitchOf(seats, x, y) });
    }
    own.sort((a, b) => depth(rows[a], y) - depth(rows[b], y) || a - b);
    sections.push({
      id: part.id,
      name: part.name,
      priceClass: types.findIndex(({ sectionIds }) => sectionIds.includes(part.id)),
      start,
      end: ids.length,
      bounds: boundsOf(x.subarray(start, ids.length), y.subarray(start, ids.length)),
      outline: hull(shape),
      rows: own,
    });
  }

  let index: Map<string, number> | undefined;
  const pitch = median(Float64Array.from(rows, (known) => known.pitch).filter((known) => known > 0)) ?? 1;
  return {
    size,
    ids,
    labels,
    x,
    y,
    section,
    row,
    accessible,
    sections: sections.map((known) => ({ ...known, outline: widened(known.outline, AREA_MARGIN * pitch) })),
    rows,
    blocks,
    classes: types,
    bounds: boundsOf(x, y),
    pitch,
    // Made when somebody chooses: it takes its time, and the map is drawn without it.
    indexOf: (id) => {
      index ??= new Map(ids.map((known, seat) => [known, seat]));
      return index.get(id);
    },
    priceClassOf: (seat) => sections[at(section, seat)]?.priceClass ?? -1,
  };
}

/** Whether two seats of a row stand side by side with no aisle between them. */
export function areNeighbours(hall: Hall, left: number, right: number): boolean {
  const row = hall.rows[at(hall.row, left)];
  if (row === undefined || at(hall.row, right) !== at(hall.row, left)) return false;
  return distance(hall, left, right) <= row.pitch * AISLE;
}

/** How far apart two seats are. */
export function distance(hall: Hall, a: number, b: number): number {
  return Math.hypot(at(hall.x, a) - at(hall.x, b), at(hall.y, a) - at(hall.y, b));
}

/** The number at an index that is known to be there. */
export function at(numbers: ArrayLike<number>, index: number): number {
  return numbers[index] ?? 0;
}

function depth(row: HallRow | undefined, y: Float32Array): number {
  return row ? row.seats.reduce((sum, seat) => sum + at(y, seat), 0) / row.seats.length : 0;
}

function pitchOf(seats: readonly number[], x: Float32Array, y: Float32Array): number {
  const gaps = new Float64Array(Math.max(0, seats.length - 1));
  for (let place = 0; place < gaps.length; place += 1) {
    const [left, right] = [at(seats, place), at(seats, place + 1)];
    gaps[place] = Math.hypot(at(x, right) - at(x, left), at(y, right) - at(y, left));
  }
  return median(gaps) ?? 0;
}

// Numbers of this kind of array are sorted as numbers, without a function for each comparison.
function median(numbers: Float64Array): number | undefined {
  return numbers.sort()[Math.floor(numbers.length / 2)];
}

function boundsOf(x: ArrayLike<number>, y: ArrayLike<number>): Bounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let point = 0; point < x.length; point += 1) {
    left = Math.min(left, at(x, point));
    right = Math.max(right, at(x, point));
    top = Math.min(top, at(y, point));
    bottom = Math.max(bottom, at(y, point));
  }
  return x.length > 0 ? { left, top, right, bottom } : { left: 0, top: 0, right: 1, bottom: 1 };
}
