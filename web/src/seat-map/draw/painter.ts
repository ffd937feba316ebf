import type { Grid } from "../grid";
import { at, type Hall } from "../hall";
import { classLook, MARKS, SHAPES } from "../looks";
import { type Size, toScreen, type View } from "../view";
import { type Backdrop, drawAreas, drawNames, drawOverview, drawStage, type SectionText } from "./backdrop";
import { paintPath } from "./sprites";
import { type Theme, themeOf } from "./theme";
import { SEAT_WIDTH, type SeatScene, Tiles } from "./tiles";

/** What the map shows, apart from where one looks. */
export interface Scene extends SeatScene {
  readonly chosen: readonly number[];
  /** Seats that are held for the person. */
  readonly own: readonly number[];
  /** Seats that were chosen and are somebody else's now. */
  readonly lost: readonly number[];
  /** The seat that keys act on, when the map has the focus. */
  readonly focus: number | null;
  readonly hover: number | null;
  readonly texts: readonly SectionText[];
  readonly stage: string;
}

/** From how many CSS pixels between seats on they are drawn one by one. */
export const SEATS_FROM = 4.8;
// A chosen seat is seen from afar, too.
const LEAST_CHOSEN_PX = 6;

/** Draws the hall onto a canvas, at most once a frame. */
export class Painter {
  private readonly context: CanvasRenderingContext2D | null;
  private readonly theme: Theme;
  private tiles: Tiles;
  private density = 1;
  private size: Size | null = null;
  private view: View = { scale: 1, left: 0, top: 0 };
  private scene: Scene | null = null;
  private frame = 0;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly hall: Hall,
    private readonly grid: Grid,
    /** Called after each frame in which everything was drawn. */
    private readonly onDrawn: () => void,
  ) {
    this.context = canvas.getContext("2d");
    this.theme = themeOf(canvas);
    this.tiles = new Tiles(hall, grid, this.theme, this.density);
  }

  /** The canvas has another size, in CSS pixels. */
  resize(size: Size, density: number): void {
    this.size = size;
    this.canvas.width = Math.round(size.width * density);
    this.canvas.height = Math.round(size.height * density);
    if (density !== this.density) {
      this.density = density;
      this.tiles = new Tiles(this.hall, this.grid, this.theme, density);
    }
    // At once: a canvas that was resized is empty until it is drawn.
    this.draw(performance.now());
  }

  /** One looks elsewhere. */
  look(view: View): void {
    this.view = view;
    this.request();
  }

  /** Something in the hall changed. */
  show(scene: Scene): void {
    const before = this.scene;
    this.scene = scene;
    if (before === null || before.isShown !== scene.isShown) this.tiles.invalidate();
    else if (before.states !== scene.states || before.others !== scene.others) {
      this.tiles.invalidate(changes(before, scene));
    }
    this.request();
  }

  /** Draws no more. */
  stop(): void {
    cancelAnimationFrame(this.frame);
  }

  private request(): void {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame((now) => {
      this.frame = 0;
      this.draw(now);
    });
  }

  private draw(now: number): void {
    const { context, scene, view, size, density, hall, theme } = this;
    if (context === null || scene === null || size === null) return;
    const backdrop: Backdrop = { hall, view, size, theme, texts: scene.texts, isShown: scene.isShown };
    const isNear = hall.pitch * view.scale >= SEATS_FROM;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    context.scale(density, density);
    drawAreas(context, backdrop, isNear);
    drawStage(context, backdrop, scene.stage);
    let isIncomplete = false;
    if (isNear) {
      context.setTransform(1, 0, 0, 1, 0, 0);
      isIncomplete = this.tiles.draw(context, view, size, scene, now);
      context.scale(density, density);
      drawNames(context, backdrop);
    } else {
      drawOverview(context, backdrop);
    }
    this.drawSeatsOfInterest(context, scene);
    if (isIncomplete) this.request();
    else this.onDrawn();
  }

  private drawSeatsOfInterest(context: CanvasRenderingContext2D, scene: Scene): void {
    const { theme } = this;
    const mine = [...scene.chosen, ...scene.own];
    mine.forEach((seat, index) => {
      const where = this.where(seat, LEAST_CHOSEN_PX);
      const { shape } = classLook(Math.max(0, this.hall.priceClassOf(seat)));
      paintPath(
        context,
        shape,
        { ...where, radius: where.radius * 1.12 },
        { fill: theme.ink, stroke: theme.stage, width: 2.5 },
      );
      const mark = index < scene.chosen.length ? MARKS.check : MARKS.clock;
      paintPath(context, mark, where, { stroke: theme.paper, width: Math.max(1.5, where.radius / 4) });
    });
    for (const seat of scene.lost) {
      const where = this.where(seat, LEAST_CHOSEN_PX);
      paintPath(context, SHAPES[0], where, { fill: theme.paper, stroke: theme.bad, width: 2 });
      paintPath(context, MARKS.cross, where, { stroke: theme.bad, width: Math.max(1.5, where.radius / 4) });
    }
    if (scene.hover !== null) this.ring(context, scene.hover, theme.ink, 2);
    if (scene.focus !== null) this.ring(context, scene.focus, theme.accent, 3);
  }

  private ring(context: CanvasRenderingContext2D, seat: number, colour: string, width: number): void {
    const { x, y, radius } = this.where(seat, LEAST_CHOSEN_PX);
    context.beginPath();
    context.arc(x, y, radius + 3, 0, 2 * Math.PI);
    context.strokeStyle = this.theme.paper;
    context.lineWidth = width + 3;
    context.stroke();
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }

  private where(seat: number, least: number): { x: number; y: number; radius: number } {
    const point = toScreen(this.view, { x: at(this.hall.x, seat), y: at(this.hall.y, seat) });
    return { ...point, radius: Math.max(least, (this.hall.pitch * SEAT_WIDTH * this.view.scale) / 2) };
  }
}

function changes(before: SeatScene, after: SeatScene): Set<number> {
  const changed = new Set<number>();
  if (before.states !== after.states) {
    after.states.forEach((state, seat) => {
      if (state !== before.states[seat]) changed.add(seat);
    });
  }
  if (before.others !== after.others) {
    for (const seat of before.others) if (!after.others.has(seat)) changed.add(seat);
    for (const seat of after.others) if (!before.others.has(seat)) changed.add(seat);
  }
  return changed;
}
