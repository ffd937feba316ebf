import { classLook, type Look, MARKS, SHAPES } from "../looks";
import type { Theme } from "./theme";

const BOX = 24;

/** Seats drawn once for each look and then copied: thousands of them are on the screen. */
export class Sprites {
  private readonly known = new Map<string, OffscreenCanvas>();

  /** For seats that are so many device pixels wide. */
  constructor(
    private readonly theme: Theme,
    readonly size: number,
  ) {}

  /** The picture of a seat. */
  of(look: Look, priceClass: number, isAccessible: boolean): OffscreenCanvas {
    const key = `${look} ${priceClass} ${isAccessible}`;
    let sprite = this.known.get(key);
    if (sprite === undefined) {
      sprite = new OffscreenCanvas(this.size, this.size);
      const context = sprite.getContext("2d");
      if (context) {
        context.scale(this.size / BOX, this.size / BOX);
        paintSeat(context, this.theme, look, priceClass, isAccessible);
      }
      this.known.set(key, sprite);
    }
    return sprite;
  }
}

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

function paintSeat(
  context: Context,
  theme: Theme,
  look: Look,
  priceClass: number,
  isAccessible: boolean,
): void {
  const { colour, shape } = classLook(Math.max(0, priceClass));
  const paint = theme.classes[colour] ?? theme.ink;
  const outline = new Path2D(shape);
  switch (look) {
    case "free":
    case "faded":
      context.globalAlpha = look === "faded" ? 0.22 : 1;
      context.fillStyle = paint;
      context.fill(outline);
      break;
    case "watched":
      context.fillStyle = theme.paper;
      context.fill(outline);
      context.clip(outline);
      context.strokeStyle = paint;
      context.lineWidth = 7;
      context.stroke(outline);
      return;
    case "held":
      context.strokeStyle = theme.lineStrong;
      context.lineWidth = 2.5;
      context.fillStyle = theme.paper;
      inner(context, 0.85, () => {
        context.fill(new Path2D(SHAPES[0]));
        context.stroke(new Path2D(SHAPES[0]));
        context.stroke(new Path2D(MARKS.clock));
      });
      return;
    case "sold":
      context.globalAlpha = 0.45;
      context.fillStyle = theme.lineStrong;
      inner(context, 0.7, () => context.fill(new Path2D(SHAPES[0])));
      return;
    case "none":
      context.fillStyle = theme.line;
      inner(context, 0.3, () => context.fill(new Path2D(SHAPES[0])));
      return;
  }
  if (isAccessible) {
    // A hole: it can be told apart at any size, and the seat's number still fits in.
    context.globalCompositeOperation = "destination-out";
    context.globalAlpha = 1;
    inner(context, 0.55, () => {
      context.lineWidth = 4;
      context.stroke(new Path2D(SHAPES[0]));
    });
  }
}

/** Draws smaller, around the middle of the box. */
function inner(context: Context, part: number, paint: () => void): void {
  context.save();
  context.translate((BOX / 2) * (1 - part), (BOX / 2) * (1 - part));
  context.scale(part, part);
  paint();
  context.restore();
}

/** Draws an outline or a mark of the box around a point of the screen. */
export function paintPath(
  context: CanvasRenderingContext2D,
  path: string,
  { x, y, radius }: { x: number; y: number; radius: number },
  style: { fill?: string; stroke?: string; width?: number },
): void {
  const scale = (2 * radius) / BOX;
  context.save();
  context.translate(x - radius, y - radius);
  context.scale(scale, scale);
  const shape = new Path2D(path);
  if (style.fill) {
    context.fillStyle = style.fill;
    context.fill(shape);
  }
  if (style.stroke) {
    context.strokeStyle = style.stroke;
    context.lineWidth = (style.width ?? 1) / scale;
    context.lineCap = "round";
    context.lineJoin = "round";
    context.stroke(shape);
  }
  context.restore();
}
