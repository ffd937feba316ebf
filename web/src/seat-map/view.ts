import type { Bounds, Point } from "./shapes";

/** How the hall lies on the screen: a point of it is at `x · scale + left`, `y · scale + top`, in CSS pixels. */
export interface View {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How near and how far one may look. */
export interface Limits {
  readonly least: number;
  readonly most: number;
}

/** Where a point of the hall is on the screen. */
export function toScreen(view: View, { x, y }: Point): Point {
  return { x: x * view.scale + view.left, y: y * view.scale + view.top };
}

/** Which point of the hall is at a point of the screen. */
export function toHall(view: View, { x, y }: Point): Point {
  return { x: (x - view.left) / view.scale, y: (y - view.top) / view.scale };
}

/** The view that shows all of these bounds in the middle, with this much room around. */
export function viewOf(bounds: Bounds, size: Size, room: number): View {
  const width = Math.max(bounds.right - bounds.left, 1e-6);
  const height = Math.max(bounds.bottom - bounds.top, 1e-6);
  const scale = Math.max(1e-6, Math.min((size.width - 2 * room) / width, (size.height - 2 * room) / height));
  return centre({ x: (bounds.left + bounds.right) / 2, y: (bounds.top + bounds.bottom) / 2 }, scale, size);
}

/** The view that has a point of the hall in its middle. */
export function centre(point: Point, scale: number, size: Size): View {
  return { scale, left: size.width / 2 - point.x * scale, top: size.height / 2 - point.y * scale };
}

/** Nearer or farther by a factor; the point of the screen stays over the same point of the hall. */
export function zoom(view: View, factor: number, about: Point, { least, most }: Limits): View {
  const scale = Math.min(most, Math.max(least, view.scale * factor));
  const real = scale / view.scale;
  return {
    scale,
    left: about.x - (about.x - view.left) * real,
    top: about.y - (about.y - view.top) * real,
  };
}

/** Moved by so many pixels. */
export function pan(view: View, dx: number, dy: number): View {
  return { ...view, left: view.left + dx, top: view.top + dy };
}

/** Moved back so far that the hall is never out of sight: what fits is in the middle, of the rest an edge stays. */
export function keepInSight(view: View, bounds: Bounds, size: Size, room: number): View {
  return {
    scale: view.scale,
    left: along(view.left, bounds.left * view.scale, bounds.right * view.scale, size.width, room),
    top: along(view.top, bounds.top * view.scale, bounds.bottom * view.scale, size.height, room),
  };
}

/** Moved as little as needed for a point to be at least this far from the edges of the screen. */
export function reveal(view: View, point: Point, size: Size, room: number): View {
  const { x, y } = toScreen(view, point);
  const within = (at: number, length: number) =>
    Math.min(Math.max(at, Math.min(room, length / 2)), length - Math.min(room, length / 2));
  return pan(view, within(x, size.width) - x, within(y, size.height) - y);
}

function along(offset: number, from: number, to: number, length: number, room: number): number {
  if (to - from + 2 * room <= length) return (length - from - to) / 2;
  return Math.min(room - from, Math.max(length - room - to, offset));
}
