import { at, type Hall } from "./hall";
import type { Bounds, Point } from "./shapes";

// About so many seats are in a cell: few to look through, and few cells for a tile of the map.
const PITCHES_PER_CELL = 8;

/** Finds seats by where they are, without looking at all of them. */
export class Grid {
  private readonly cell: number;
  private readonly columns: number;
  private readonly lines: number;
  // The seats of cell c are `seats[starts[c] … starts[c + 1])`.
  private readonly starts: Uint32Array;
  private readonly seats: Uint32Array;

  constructor(private readonly hall: Hall) {
    const { left, top, right, bottom } = hall.bounds;
    this.cell = Math.max(hall.pitch * PITCHES_PER_CELL, (right - left) / 500, (bottom - top) / 500, 1e-6);
    this.columns = Math.floor((right - left) / this.cell) + 1;
    this.lines = Math.floor((bottom - top) / this.cell) + 1;
    const cells = new Uint32Array(hall.size);
    this.starts = new Uint32Array(this.columns * this.lines + 1);
    for (let seat = 0; seat < hall.size; seat += 1) {
      const cell = this.cellAt(at(hall.x, seat), at(hall.y, seat));
      cells[seat] = cell;
      this.starts[cell + 1] = at(this.starts, cell + 1) + 1;
    }
    for (let cell = 0; cell < this.columns * this.lines; cell += 1) {
      this.starts[cell + 1] = at(this.starts, cell + 1) + at(this.starts, cell);
    }
    const next = this.starts.slice();
    this.seats = new Uint32Array(hall.size);
    for (let seat = 0; seat < hall.size; seat += 1) {
      const cell = at(cells, seat);
      const place = at(next, cell);
      this.seats[place] = seat;
      next[cell] = place + 1;
    }
  }

  /** Calls with every seat within bounds. */
  within(bounds: Bounds, visit: (seat: number) => void): void {
    const { x, y, bounds: all } = this.hall;
    const fromColumn = this.clamp((bounds.left - all.left) / this.cell, this.columns);
    const toColumn = this.clamp((bounds.right - all.left) / this.cell, this.columns);
    const fromLine = this.clamp((bounds.top - all.top) / this.cell, this.lines);
    const toLine = this.clamp((bounds.bottom - all.top) / this.cell, this.lines);
    for (let line = fromLine; line <= toLine; line += 1) {
      for (let column = fromColumn; column <= toColumn; column += 1) {
        const cell = line * this.columns + column;
        for (let place = at(this.starts, cell); place < at(this.starts, cell + 1); place += 1) {
          const seat = at(this.seats, place);
          const [sx, sy] = [at(x, seat), at(y, seat)];
          if (sx >= bounds.left && sx <= bounds.right && sy >= bounds.top && sy <= bounds.bottom) visit(seat);
        }
      }
    }
  }

  /** The seat that is nearest to a point, if one is within this distance. */
  nearest(point: Point, reach: number, isWanted: (seat: number) => boolean = () => true): number | null {
    let best: number | null = null;
    let least = reach;
    const { x, y } = point;
    this.within({ left: x - reach, right: x + reach, top: y - reach, bottom: y + reach }, (seat) => {
      const away = Math.hypot(at(this.hall.x, seat) - x, at(this.hall.y, seat) - y);
      if (away <= least && isWanted(seat)) {
        best = seat;
        least = away;
      }
    });
    return best;
  }

  private cellAt(x: number, y: number): number {
    const { left, top } = this.hall.bounds;
    const column = this.clamp((x - left) / this.cell, this.columns);
    return this.clamp((y - top) / this.cell, this.lines) * this.columns + column;
  }

  private clamp(value: number, length: number): number {
    return Math.min(length - 1, Math.max(0, Math.floor(value)));
  }
}
