import { at, type Hall, type HallSection } from "../hall";
import { classLook } from "../looks";
import { middle } from "../shapes";
import { type Size, toScreen, type View } from "../view";
import { paintPath } from "./sprites";
import type { Theme } from "./theme";

/** What is written on a section seen from afar. */
export interface SectionText {
  readonly name: string;
  readonly lines: readonly string[];
  readonly isOpen: boolean;
}

// Around the outermost seats, in distances between seats.
const MARGIN = 0.8;
const NAME_PX = 14;
const LINE_PX = 12.5;
const STAGE_PX = 26;

/** Draws the stage, where y is least, and the areas of the sections. */
export function drawAreas(
  context: CanvasRenderingContext2D,
  { hall, view, theme, texts, isShown }: Backdrop,
  isNear: boolean,
): void {
  for (const [index, section] of hall.sections.entries()) {
    const isOpen = texts[index]?.isOpen === true && section.priceClass >= 0 && isShown(section.priceClass);
    const colour = isOpen ? theme.classes[classLook(section.priceClass).colour] : theme.lineStrong;
    trace(context, section, view);
    const margin = 2 * MARGIN * hall.pitch * view.scale;
    context.lineJoin = "round";
    if (!isNear) {
      // An edge of its colour, then the area over it.
      context.strokeStyle = colour ?? theme.ink;
      context.lineWidth = margin + 3;
      context.stroke();
    }
    context.strokeStyle = context.fillStyle = isNear || isOpen ? theme.paper : theme.paperSoft;
    context.lineWidth = margin;
    context.stroke();
    context.fill();
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
    const margin = MARGIN * hall.pitch;
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
  const bottom = y - MARGIN * hall.pitch * view.scale - 14;
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

/** Draws the names of rows beside their first seats. */
export function drawRowNames(context: CanvasRenderingContext2D, { hall, view, size, theme }: Backdrop): void {
  if (hall.pitch * view.scale < 11) return;
  context.fillStyle = theme.inkSoft;
  context.font = `600 12px ${theme.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const row of hall.rows) {
    const [first, last] = [row.seats[0], row.seats.at(-1)];
    if (first === undefined || last === undefined) continue;
    const from = toScreen(view, { x: at(hall.x, first) - hall.pitch, y: at(hall.y, first) });
    const to = toScreen(view, { x: at(hall.x, last), y: at(hall.y, last) });
    if (from.y < 0 || from.y > size.height || to.x < 0 || from.x > size.width) continue;
    context.fillText(row.name, from.x, from.y);
  }
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
