import { TOUCHABLE_PX } from "./camera";
import { SEATS_FROM } from "./draw/painter";
import type { Grid } from "./grid";
import { at, type Hall } from "./hall";
import { type Bounds, isInside, type Point } from "./shapes";
import { toHall, type View } from "./view";
import { beginning, type Direction, otherSection, rowEnd, step } from "./walk";

/** What a tap or a key means. */
export interface Reaction {
  readonly zoom?: number;
  readonly showAll?: true;
  readonly area?: Bounds;
  readonly approach?: Point;
  readonly cursor?: number;
  readonly toggle?: number;
}

/** The distance between seats, in CSS pixels, at which one sees what one chooses. */
export const SEEN_PX = 22;
const LEAST_TOUCH_PX = 22;
const KEY_ZOOM = 1.4;
const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

/** The seat under a pointer, while seats are drawn one by one. */
export function seatUnder(hall: Hall, grid: Grid, view: View, point: Point): number | null {
  if (hall.pitch * view.scale < SEATS_FROM) return null;
  return grid.nearest(toHall(view, point), hall.pitch * 0.6);
}

/** From afar a tap goes to the section; with a finger it goes near first, since seats are smaller than it. */
export function reactToTap(
  hall: Hall,
  grid: Grid,
  view: View,
  point: Point,
  isTouch: boolean,
): Reaction | null {
  const pitch = hall.pitch * view.scale;
  const place = toHall(view, point);
  if (pitch < SEATS_FROM) {
    const section = hall.sections.find(({ outline }) => isInside(outline, place, 0));
    return section ? { area: section.bounds } : null;
  }
  if (isTouch && pitch < LEAST_TOUCH_PX) return { approach: place };
  // A finger is meant for the nearest seat, if none is under it.
  const reach = isTouch ? Math.max(hall.pitch * 0.6, TOUCHABLE_PX / 2 / view.scale) : hall.pitch * 0.6;
  const seat = grid.nearest(place, reach);
  return seat === null ? null : { cursor: seat, toggle: seat };
}

/** What a key does with the seat that keys act on; `null` for keys that mean nothing here. */
export function reactToKey(hall: Hall, cursor: number | null, key: string): Reaction | null {
  if (key === "+" || key === "=") return { zoom: KEY_ZOOM };
  if (key === "-" || key === "_") return { zoom: 1 / KEY_ZOOM };
  if (key === "0") return { showAll: true };
  if (hall.size === 0) return null;
  const direction = ARROWS[key];
  if (cursor === null) {
    const isWalking =
      direction !== undefined || ["Home", "End", "PageUp", "PageDown", "Enter", " "].includes(key);
    return isWalking ? { cursor: beginning(hall) } : null;
  }
  if (direction) return { cursor: step(hall, cursor, direction) ?? cursor };
  if (key === "Home") return { cursor: rowEnd(hall, cursor, "first") };
  if (key === "End") return { cursor: rowEnd(hall, cursor, "last") };
  if (key === "PageDown") return { cursor: otherSection(hall, cursor, 1) };
  if (key === "PageUp") return { cursor: otherSection(hall, cursor, -1) };
  if (key === "Enter" || key === " ") return { toggle: cursor };
  return null;
}

/** Where a seat is, for who wants to see it. */
export function placeOf(hall: Hall, seat: number): Point {
  return { x: at(hall.x, seat), y: at(hall.y, seat) };
}
