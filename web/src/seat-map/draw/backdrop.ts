import { AREA_MARGIN, at, type Hall, type HallSection } from "../hall";
import { classLook } from "../looks";
import { middle, type Point } from "../shapes";
import { type Size, toScreen, type View } from "../view";
import { paintPath } from "./sprites";
import type { Theme } from "./theme";

/** What is written on a section seen from afar. */
export interface SectionText {
  readonly name: string;
  readonly lines: readonly string[];
  readonly isOpen: boolean;
}

const NAME_PX = 14;
const TINT = 0.1;
const LINE_PX = 12.5;
const STAGE_PX = 26;
// The name of the first section stands between it and the stage.
const STAGE_GAP_PX = 34;
// Between a section and the name of a row beside it.
const ROW_NAME_PX = 9;
const ROW_NAMES_FROM = 11;
const EDGE_PX = 14;

/** Draws the stage, where y is least, and the areas of the sections. */
export function drawAreas(
  context: CanvasRenderingContext2D,
  { hall, view, theme, texts, isShown }: Backdrop,
  isNear: boolean,
): void {
  for (const [index, section] of hall.sections.entries()) {
    const isOpen = texts[index]?.isOpen === true && section.priceClass >= 0 && isShown(section.priceClass);
    const colour = (isOpen && theme.classes[classLook(section.priceClass).colour]) || theme.lineStrong;
    trace(context, section, view);
    context.fillStyle = isNear || isOpen ? theme.paper : theme.paperSoft;
    context.fill();
    if (isNear) continue;
    context.globalAlpha = TINT;
    context.fillStyle = colour;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = colour;
    context.lineWidth = 1.5;
    context.lineJoin = "round";
    context.stroke();
  }
}

export interface Backdrop {
  readonly hall: Hall;
  readonly view: View;
  readonly size: Size;
  readonly theme: Theme;
  readonly texts: readonly SectionText[];
  readonly isShown: (priceClass: number) => boolean;
}

/** Draws the name of each section and what is left in it, as far as that fits. */
export function drawOverview(context: CanvasRenderingContext2D, backdrop: Backdrop): void {
  const { hall, view, theme, texts, isShown } = backdrop;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const [index, section] of hall.sections.entries()) {
    const text = texts[index];
    if (text === undefined) continue;
    const { x, y } = toScreen(view, middle(section.bounds));
    const margin = AREA_MARGIN * hall.pitch;
    const width = (section.bounds.right - section.bounds.left + 2 * margin) * view.scale - 8;
    const height = (section.bounds.bottom - section.bounds.top + 2 * margin) * view.scale - 8;
    const isOpen = text.isOpen && isShown(section.priceClass);
    const icon = isOpen && height >= NAME_PX * 3 + text.lines.length * LINE_PX * 1.5;
    const lines = height >= NAME_PX * 1.5 + text.lines.length * LINE_PX * 1.4 ? text.lines : [];
    let line = y - (lines.length * LINE_PX * 1.4) / 2 + (icon ? NAME_PX * 0.8 : 0);
    if (icon) {
      const { colour, shape } = classLook(section.priceClass);
      paintPath(
        context,
        shape,
        { x, y: line - NAME_PX * 1.4, radius: 8 },
        { fill: theme.classes[colour] ?? theme.ink },
      );
    }
    context.fillStyle = isOpen ? theme.ink : theme.inkSoft;
    context.font = `700 ${NAME_PX}px ${theme.font}`;
    context.fillText(shorten(context, text.name, width), x, line);
    context.font = `500 ${LINE_PX}px ${theme.font}`;
    context.fillStyle = theme.inkSoft;
    for (const words of lines) {
      line += LINE_PX * 1.45;
      context.fillText(shorten(context, words, width), x, line);
    }
  }
}

/** Draws the stage before the first rows. */
export function drawStage(
  context: CanvasRenderingContext2D,
  { hall, view, theme }: Backdrop,
  name: string,
): void {
  const { bounds } = hall;
  const width = Math.max(90, Math.min(460, (bounds.right - bounds.left) * view.scale * 0.6));
  const { x, y } = toScreen(view, { x: (bounds.left + bounds.right) / 2, y: bounds.top });
  const bottom = y - AREA_MARGIN * hall.pitch * view.scale - STAGE_GAP_PX;
  context.fillStyle = theme.ink;
  context.beginPath();
  context.roundRect(x - width / 2, bottom - STAGE_PX, width, STAGE_PX, [4, 4, 13, 13]);
  context.fill();
  context.fillStyle = theme.paper;
  context.font = `700 12.5px ${theme.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(name, x, bottom - STAGE_PX / 2 + 1, width - 12);
}

/**
 * Draws the names of rows beside their first seats, or at the edge of the screen where those are out of sight, and the names
 * of sections above them in the same way.
 */
export function drawNames(context: CanvasRenderingContext2D, backdrop: Backdrop): void {
  const { hall, view, size, theme } = backdrop;
  context.textAlign = "center";
  context.textBaseline = "middle";
  if (hall.pitch * view.scale >= ROW_NAMES_FROM) {
    context.font = `600 12px ${theme.font}`;
    for (const row of hall.rows) {
      const [first, last] = [row.seats[0], row.seats.at(-1)];
      if (first === undefined || last === undefined) continue;
      const beside = { x: at(hall.x, first) - AREA_MARGIN * hall.pitch, y: at(hall.y, first) };
      const from = toScreen(view, beside);
      const to = toScreen(view, { x: at(hall.x, last), y: at(hall.y, last) });
      // A bent row has no name at the edge: it would stand beside another one.
      const isStraight = Math.abs(from.y - to.y) < 4;
      const x = isStraight ? Math.max(EDGE_PX, from.x - ROW_NAME_PX) : from.x - ROW_NAME_PX;
      if (from.y < 0 || from.y > size.height || to.x < EDGE_PX * 2 || x > size.width) continue;
      label(context, theme, row.name, { x, y: from.y }, x === EDGE_PX);
    }
  }
  context.font = `700 13px ${theme.font}`;
  for (const { name, bounds } of hall.sections) {
    const from = toScreen(view, { x: bounds.left, y: bounds.top });
    const to = toScreen(view, { x: bounds.right, y: bounds.bottom });
    const x = (Math.max(0, from.x) + Math.min(size.width, to.x)) / 2;
    const above = from.y - AREA_MARGIN * hall.pitch * view.scale - NAME_PX;
    const isOutOfSight = to.x < 0 || from.x > size.width || to.y < NAME_PX * 2 || above > size.height;
    if (!isOutOfSight) label(context, theme, name, { x, y: Math.max(NAME_PX, above) }, above < NAME_PX);
  }
}

// On seats a name needs a ground of its own.
function label(
  context: CanvasRenderingContext2D,
  theme: Theme,
  text: string,
  { x, y }: Point,
  isOnSeats: boolean,
): void {
  if (isOnSeats) {
    const width = context.measureText(text).width + 12;
    context.fillStyle = theme.paper;
    context.strokeStyle = theme.line;
    context.lineWidth = 1;
    context.beginPath();
    context.roundRect(x - width / 2, y - 10, width, 20, 10);
    context.fill();
    context.stroke();
  }
  context.fillStyle = isOnSeats ? theme.ink : theme.inkSoft;
  context.fillText(text, x, y + 0.5);
}

function trace(context: CanvasRenderingContext2D, { outline }: HallSection, view: View): void {
  context.beginPath();
  for (const point of outline) {
    const { x, y } = toScreen(view, point);
    context.lineTo(x, y);
  }
  context.closePath();
}

function shorten(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  const characters = [...text];
  while (characters.length > 1 && context.measureText(`${characters.join("")}…`).width > width)
    characters.pop();
  return characters.length > 1 ? `${characters.join("")}…` : "";
}
