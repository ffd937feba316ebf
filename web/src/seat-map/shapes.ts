export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The smallest convex outline around points (Andrew's monotone chain), clockwise as the screen shows it. */
export function hull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  if (sorted.length < 3) return sorted;
  const lower = chain(sorted);
  const upper = chain(sorted.reverse());
  return [...lower.slice(0, -1), ...upper.slice(0, -1)];
}

const STEP = Math.PI / 8;

/** A convex outline moved outwards by a distance, with round corners. */
export function widened(outline: readonly Point[], by: number): Point[] {
  return outline.flatMap((corner, index) => {
    const from = direction(outline.at(index - 1) ?? corner, corner);
    const to = direction(corner, outline[(index + 1) % outline.length] ?? corner);
    // Around a single point it goes all the way. A corner that is none may seem to turn back by less than can be reckoned.
    const bend = to - from;
    const sweep = outline.length < 2 || bend < -STEP ? bend + 2 * Math.PI : bend;
    const steps = Math.ceil(sweep / STEP);
    return Array.from({ length: steps + 1 }, (_, step) => {
      const angle = from - Math.PI / 2 + Math.min(step * STEP, sweep);
      return { x: corner.x + by * Math.cos(angle), y: corner.y + by * Math.sin(angle) };
    });
  });
}

/** Whether a point is in a convex outline, or at most so far outside of it. */
export function isInside(outline: readonly Point[], point: Point, margin: number): boolean {
  if (outline.length >= 3) {
    const turns = outline.map((from, index) => {
      const to = outline[(index + 1) % outline.length] ?? from;
      return turn(from, to, point);
    });
    if (turns.every((side) => side >= 0) || turns.every((side) => side <= 0)) return true;
  }
  return outline.some((from, index) => {
    const to = outline[(index + 1) % outline.length] ?? from;
    return gap(from, to, point) <= margin;
  });
}

/** The middle of bounds. */
export function middle({ left, top, right, bottom }: Bounds): Point {
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
}

function chain(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    while (kept.length >= 2) {
      const [before, last] = [kept[kept.length - 2] as Point, kept[kept.length - 1] as Point];
      if (turn(before, last, point) > 0) break;
      kept.pop();
    }
    kept.push(point);
  }
  return kept;
}

// Twice the area of the triangle; the sign says to which side it turns.
function turn(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

function direction(from: Point, to: Point): number {
  return Math.atan2(to.y - from.y, to.x - from.x);
}

function gap(from: Point, to: Point, point: Point): number {
  const length = (to.x - from.x) ** 2 + (to.y - from.y) ** 2;
  const along =
    length === 0 ? 0 : ((point.x - from.x) * (to.x - from.x) + (point.y - from.y) * (to.y - from.y)) / length;
  const part = Math.max(0, Math.min(1, along));
  return Math.hypot(point.x - from.x - part * (to.x - from.x), point.y - from.y - part * (to.y - from.y));
}
