import type { Grid } from "../grid";
import { at, type Hall } from "../hall";
import { lookOf } from "../looks";
import type { Size, View } from "../view";
import { Sprites } from "./sprites";
import type { Theme } from "./theme";

/** What of the seats the tiles show. */
export interface SeatScene {
  readonly states: Uint8Array;
  readonly others: ReadonlySet<number>;
  /** Whether seats of a class are wanted; the others are faded. */
  readonly isShown: (priceClass: number) => boolean;
}

interface Tile {
  readonly canvas: OffscreenCanvas;
  isStale: boolean;
}

interface Layer {
  readonly scale: number;
  readonly tiles: Map<string, Tile>;
  readonly sprites: Sprites;
  readonly labels: boolean;
}

// In CSS pixels. Small enough for one to be drawn between two frames, large enough for few to fill the screen.
const EDGE = 256;
// Left for everything else of a frame of 16 ms.
const BUDGET_MS = 7;
// A gesture has ended when nothing changed for so long; until then what is there is shown enlarged.
const SETTLED_MS = 90;
const KEPT = 120;
/** Seats' width, of the distance between them. */
export const SEAT_WIDTH = 0.84;
const LABELS_FROM = 17;

/**
 * Seats drawn ahead in squares, so that panning copies a dozen pictures and draws only what comes into sight. While
 * somebody zooms, the squares of the former scale are shown enlarged.
 */
export class Tiles {
  private layer: Layer | null = null;
  private former: Layer | null = null;
  private changedAt = 0;
  private lastScale = 0;

  constructor(
    private readonly hall: Hall,
    private readonly grid: Grid,
    private readonly theme: Theme,
    private readonly density: number,
  ) {}

  /** Seats look different: which ones, or all when not said. */
  invalidate(seats?: Iterable<number>): void {
    this.former = null;
    if (this.layer === null) return;
    if (seats === undefined) {
      for (const tile of this.layer.tiles.values()) tile.isStale = true;
      return;
    }
    const { scale, tiles } = this.layer;
    const reach = (this.hall.pitch * scale) / 2;
    for (const seat of seats) {
      const [x, y] = [at(this.hall.x, seat) * scale, at(this.hall.y, seat) * scale];
      for (const column of new Set([Math.floor((x - reach) / EDGE), Math.floor((x + reach) / EDGE)])) {
        for (const line of new Set([Math.floor((y - reach) / EDGE), Math.floor((y + reach) / EDGE)])) {
          const tile = tiles.get(`${column},${line}`);
          if (tile) tile.isStale = true;
        }
      }
    }
  }

  /** Draws the seats in sight; answers whether another frame is needed for it to be complete. */
  draw(context: CanvasRenderingContext2D, view: View, size: Size, scene: SeatScene, now: number): boolean {
    if (view.scale !== this.lastScale) {
      this.lastScale = view.scale;
      this.changedAt = now;
    }
    const isSettled = this.layer === null || now - this.changedAt >= SETTLED_MS;
    if (isSettled && this.layer?.scale !== view.scale) {
      this.former = this.layer;
      this.layer = this.newLayer(view.scale);
    }
    const layer = this.layer;
    if (layer === null) return true;
    if (this.former) this.copy(context, this.former, view, size);
    const isComplete = this.fill(layer, view, size, scene);
    this.copy(context, layer, view, size);
    if (isComplete && layer.scale === view.scale) this.former = null;
    return !isComplete || layer.scale !== view.scale;
  }

  private newLayer(scale: number): Layer {
    const width = this.hall.pitch * SEAT_WIDTH * scale;
    const sprites = new Sprites(this.theme, Math.max(2, Math.round(width * this.density)));
    return { scale, tiles: new Map(), sprites, labels: width >= LABELS_FROM };
  }

  // Draws what is missing, as much as a frame has time for.
  private fill(layer: Layer, view: View, size: Size, scene: SeatScene): boolean {
    if (layer.scale !== view.scale) return true;
    const until = performance.now() + BUDGET_MS;
    for (const [column, line] of inSight(layer.scale, view, size)) {
      const key = `${column},${line}`;
      const known = layer.tiles.get(key);
      if (known && !known.isStale) continue;
      if (performance.now() > until) return false;
      layer.tiles.set(key, { canvas: this.paint(layer, column, line, scene), isStale: false });
    }
    for (const key of layer.tiles.keys()) {
      if (layer.tiles.size <= KEPT) break;
      layer.tiles.delete(key);
    }
    return true;
  }

  private copy(context: CanvasRenderingContext2D, layer: Layer, view: View, size: Size): void {
    const ratio = view.scale / layer.scale;
    const { density } = this;
    const [left, top] = [Math.round(view.left * density), Math.round(view.top * density)];
    const edge = EDGE * ratio * density;
    for (const [column, line] of inSight(layer.scale, view, size)) {
      const tile = layer.tiles.get(`${column},${line}`);
      if (tile) context.drawImage(tile.canvas, left + column * edge, top + line * edge, edge, edge);
    }
  }

  private paint(layer: Layer, column: number, line: number, scene: SeatScene): OffscreenCanvas {
    const { hall, density } = this;
    const { scale, sprites } = layer;
    const canvas = new OffscreenCanvas(EDGE * density, EDGE * density);
    const context = canvas.getContext("2d");
    if (context === null) return canvas;
    const reach = hall.pitch / 2;
    const [left, top, edge] = [(column * EDGE) / scale, (line * EDGE) / scale, EDGE / scale];
    context.font = `600 ${Math.round(sprites.size * 0.42)}px ${this.theme.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = this.theme.paper;
    const bounds = {
      left: left - reach,
      top: top - reach,
      right: left + edge + reach,
      bottom: top + edge + reach,
    };
    this.grid.within(bounds, (seat) => {
      const priceClass = hall.priceClassOf(seat);
      const look = lookOf(
        scene.states[seat],
        priceClass,
        scene.others.has(seat),
        priceClass >= 0 && scene.isShown(priceClass),
      );
      const isAccessible = hall.accessible[seat] === 1;
      const x = Math.round((at(hall.x, seat) - left) * scale * density);
      const y = Math.round((at(hall.y, seat) - top) * scale * density);
      const half = sprites.size / 2;
      context.drawImage(
        sprites.of(look, priceClass, isAccessible),
        Math.round(x - half),
        Math.round(y - half),
      );
      // A triangle's middle is lower, and a hole shows that a seat is reachable.
      if (layer.labels && look === "free" && !isAccessible) {
        context.fillText(hall.labels[seat] ?? "", x, y + sprites.size * 0.04, sprites.size * 0.8);
      }
    });
    return canvas;
  }
}

function* inSight(scale: number, view: View, size: Size): Generator<[number, number]> {
  const edge = (EDGE * view.scale) / scale;
  const [fromColumn, toColumn] = [Math.floor(-view.left / edge), Math.floor((size.width - view.left) / edge)];
  const [fromLine, toLine] = [Math.floor(-view.top / edge), Math.floor((size.height - view.top) / edge)];
  for (let line = fromLine; line <= toLine; line += 1) {
    for (let column = fromColumn; column <= toColumn; column += 1) yield [column, line];
  }
}
