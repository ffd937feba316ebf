import type { Hall } from "./hall";

/** What a seat is, as `docs/openapi.yaml` numbers it. */
export const FREE = 0;
export const HELD = 1;
export const SOLD = 2;
export const NOT_FOR_SALE = 3;
export type SeatState = typeof FREE | typeof HELD | typeof SOLD | typeof NOT_FOR_SALE;

/**
 * The states of all seats, from the texts of their blocks: base64 of two bits a seat, the first seat in the lowest bits of
 * the first byte. Seats of blocks that are not mentioned are not for sale.
 */
export function decode(hall: Hall, blocks: Readonly<Record<string, string>>): Uint8Array {
  const states = new Uint8Array(hall.size).fill(NOT_FOR_SALE);
  for (const [id, text] of Object.entries(blocks)) {
    const block = hall.blocks.get(id);
    if (block === undefined) continue;
    const bytes = atob(text);
    for (let seat = 0; seat < block.count && seat >> 2 < bytes.length; seat += 1) {
      states[block.start + seat] = (bytes.charCodeAt(seat >> 2) >> ((seat & 3) * 2)) & 3;
    }
  }
  return states;
}

/** How many seats are free: by section and by price class. */
export function countFree(hall: Hall, states: Uint8Array): { sections: number[]; classes: number[] } {
  const sections = hall.sections.map(() => 0);
  const classes = hall.classes.map(() => 0);
  hall.sections.forEach(({ start, end, priceClass }, section) => {
    let free = 0;
    for (let seat = start; seat < end; seat += 1) if (states[seat] === FREE) free += 1;
    sections[section] = free;
    if (priceClass >= 0) classes[priceClass] = (classes[priceClass] ?? 0) + free;
  });
  return { sections, classes };
}
