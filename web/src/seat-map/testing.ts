import type { components } from "../api/schema";
import { type Hall, hallOf } from "./hall";

type Layout = components["schemas"]["Layout"];

/** A hall for tests: sections of straight rows behind each other, seats and rows a metre apart, each section another price. */
export function testHall(sections: readonly { id: string; rows: number; seats: number; y?: number }[]): Hall {
  const layout: Layout = {
    id: "lay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c05",
    version: 1,
    name: "Test hall",
    seatCount: sections.reduce((sum, { rows, seats }) => sum + rows * seats, 0),
    sections: sections.map(({ id, rows, seats, y = 0 }) => ({
      id,
      name: `Section ${id}`,
      blocks: Array.from({ length: rows }, (_, row) => ({
        id: `${id}-${row + 1}`,
        seats: Array.from({ length: seats }, (_, seat) => ({
          id: `${id}-${row + 1}-${seat + 1}`,
          label: String(seat + 1),
          row: String(row + 1),
          x: seat,
          y: y + row,
          accessible: row === 0 && seat === 0,
        })),
      })),
    })),
  };
  return hallOf(
    layout,
    sections.map(({ id }, index) => ({
      id: `tkt_${id}`,
      name: id,
      price: 1_000 * (index + 1),
      currency: "KRW",
      sectionIds: [id],
      quota: null,
    })),
  );
}

/** The number of a seat that must be there. */
export function seat(hall: Hall, id: string): number {
  const index = hall.indexOf(id);
  if (index === undefined) throw new Error(`No seat ${id}`);
  return index;
}

/** The names of seats. */
export function idsOf(hall: Hall, seats: readonly number[] | null): (string | undefined)[] | null {
  return seats === null ? null : seats.map((index) => hall.ids[index]);
}
