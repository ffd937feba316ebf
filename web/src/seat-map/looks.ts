import { FREE, HELD, SOLD } from "./availability";

/** Outlines in a box of 24 by 24: price classes differ by shape as well as by colour. */
export const SHAPES = [
  "M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0Z",
  "M4.5 3h15a1.5 1.5 0 0 1 1.5 1.5v15a1.5 1.5 0 0 1-1.5 1.5h-15a1.5 1.5 0 0 1-1.5-1.5v-15a1.5 1.5 0 0 1 1.5-1.5Z",
  "M12 .8 23.2 12 12 23.2 .8 12Z",
  "M12 2 23 21.5H1Z",
  "M6.5 2.5h11L23 12l-5.5 9.5h-11L1 12Z",
] as const;

/** Marks in the same box, drawn over a seat. */
export const MARKS = {
  check: "M6.5 12.5 10.5 16.5 17.5 8.5",
  clock: "M12 7v5l3.5 2.5",
  cross: "M7.5 7.5l9 9M16.5 7.5l-9 9",
} as const;

/** Colours there are (`--class-0` …); with the shapes, 40 classes look different. */
export const CLASS_COLOURS = 8;

/** How a price class looks: the number of its colour, and its outline. */
export function classLook(priceClass: number): { colour: number; shape: string } {
  return { colour: priceClass % CLASS_COLOURS, shape: SHAPES[priceClass % SHAPES.length] ?? SHAPES[0] };
}

/** What a seat looks like on the map, apart from its class. */
export type Look = "free" | "watched" | "faded" | "held" | "sold" | "none";

/** The look of a seat: by its state, whether others think about it, and whether its class was filtered out. */
export function lookOf(
  state: number | undefined,
  priceClass: number,
  isWatched: boolean,
  isShown: boolean,
): Look {
  if (priceClass < 0) return "none";
  if (state === SOLD) return "sold";
  if (state === HELD) return "held";
  if (state !== FREE) return "none";
  if (!isShown) return "faded";
  return isWatched ? "watched" : "free";
}
