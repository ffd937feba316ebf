import type { Hall } from "./hall";
import { type Bounds, middle, type Point } from "./shapes";
import { centre, keepInSight, type Limits, pan, reveal, type Size, type View, viewOf, zoom } from "./view";

// Around the hall, in CSS pixels; above it stands the stage.
const ROOM = 14;
const STAGE_ROOM_PX = 70;
// So large a seat can be, and so large it is when one goes near to choose.
const LARGEST_PX = 64;
/** The distance between seats that a finger meets without trouble. */
export const TOUCHABLE_PX = 40;
const GLIDE_MS = 220;

/** Where one looks from: moves of people in, views out. */
export class Camera {
  private size: Size = { width: 0, height: 0 };
  private gliding = 0;
  // Untouched by anybody, the hall fits the screen whatever its size becomes.
  private isUntouched = true;
  view: View = { scale: 1, left: 0, top: 0 };

  constructor(
    private readonly hall: Hall,
    private readonly onView: (view: View) => void,
  ) {}

  /** The screen has another size. */
  resize(size: Size): void {
    const before = this.size;
    this.size = size;
    if (this.isUntouched || before.width === 0) this.set(this.whole());
    else this.set(pan(this.view, (size.width - before.width) / 2, (size.height - before.height) / 2));
  }

  /** Moves by so many pixels. */
  pan(dx: number, dy: number): void {
    this.touch();
    this.set(pan(this.view, dx, dy));
  }

  /** Nearer or farther, at once, about a point of the screen. */
  zoomAt(factor: number, about: Point): void {
    this.touch();
    this.set(zoom(this.view, factor, about, this.limits()));
  }

  /** Nearer or farther about the middle. */
  zoomBy(factor: number): void {
    this.touch();
    this.glide(zoom(this.view, factor, { x: this.size.width / 2, y: this.size.height / 2 }, this.limits()));
  }

  /** Shows all of the hall. */
  showAll(): void {
    this.touch();
    this.isUntouched = true;
    this.glide(this.whole());
  }

  /** Shows an area as large as it fits, but no nearer than one needs to choose. */
  showArea(bounds: Bounds, leastPitch: number): void {
    this.touch();
    const { scale } = viewOf(bounds, this.size, ROOM);
    const least = leastPitch / this.hall.pitch;
    this.glide(centre(middle(bounds), this.within(Math.max(scale, least)), this.size));
  }

  /** Goes so near to a point that seats can be touched. */
  approach(point: Point): void {
    this.touch();
    const scale = this.within(Math.max(this.view.scale, TOUCHABLE_PX / this.hall.pitch));
    this.glide(centre(point, scale, this.size));
  }

  /** Brings a seat into sight, near enough to see it. */
  reveal(point: Point, leastPitch: number): void {
    this.touch();
    const scale = leastPitch / this.hall.pitch;
    if (this.view.scale < scale) this.glide(centre(point, this.within(scale), this.size));
    else this.set(reveal(this.view, point, this.size, 60));
  }

  /** Moves no more by itself. */
  stop(): void {
    cancelAnimationFrame(this.gliding);
  }

  private touch(): void {
    this.stop();
    this.isUntouched = false;
  }

  private whole(): View {
    const area = this.area();
    const view = viewOf(area, { ...this.size, height: this.size.height - STAGE_ROOM_PX }, ROOM);
    const size = { ...this.size, height: this.size.height + STAGE_ROOM_PX };
    return centre(middle(area), Math.min(view.scale, LARGEST_PX / this.hall.pitch), size);
  }

  // The areas of the sections reach beyond their outermost seats.
  private area(): Bounds {
    const { bounds, pitch } = this.hall;
    return {
      left: bounds.left - pitch,
      top: bounds.top - pitch,
      right: bounds.right + pitch,
      bottom: bounds.bottom + pitch,
    };
  }

  private limits(): Limits {
    const least = this.whole().scale;
    return { least: least * 0.8, most: Math.max(LARGEST_PX / this.hall.pitch, least) };
  }

  private within(scale: number): number {
    const { least, most } = this.limits();
    return Math.min(most, Math.max(least, scale));
  }

  private set(view: View): void {
    const area = this.area();
    const withStage = { ...area, top: area.top - STAGE_ROOM_PX / view.scale };
    this.view = keepInSight(view, withStage, this.size, ROOM);
    this.onView(this.view);
  }

  private glide(to: View): void {
    const from = this.view;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.set(to);
      return;
    }
    const start = performance.now();
    const move = (now: number) => {
      const part = Math.min(1, Math.max(0, (now - start) / GLIDE_MS));
      const eased = 1 - (1 - part) ** 3;
      // Scales multiply: halfway between 1 and 4 is 2.
      const scale = from.scale * (to.scale / from.scale) ** eased;
      const along = to.scale === from.scale ? eased : (scale - from.scale) / (to.scale - from.scale);
      this.set({
        scale,
        left: from.left + (to.left - from.left) * along,
        top: from.top + (to.top - from.top) * along,
      });
      if (part < 1) this.gliding = requestAnimationFrame(move);
    };
    this.gliding = requestAnimationFrame(move);
  }
}
