import { describe, expect, it } from "vitest";
import { countFree, decode, FREE, HELD, NOT_FOR_SALE, SOLD } from "./availability";
import { areNeighbours, hallOf } from "./hall";
import { hull, isInside, widened } from "./shapes";
import { seat, testHall } from "./testing";

const hall = testHall([
  { id: "A", rows: 2, seats: 5 },
  { id: "B", rows: 3, seats: 4, y: 10 },
]);

describe("a hall", () => {
  it("numbers its seats in the order of sections, blocks and places", () => {
    expect(hall.size).toBe(22);
    expect(hall.ids[0]).toBe("A-1-1");
    expect(hall.ids[10]).toBe("B-1-1");
    expect(hall.blocks.get("B-2")).toEqual({ start: 14, count: 4 });
  });

  it("knows prices, rows, distances and places for wheelchairs", () => {
    expect(hall.classes[hall.priceClassOf(seat(hall, "B-3-1"))]?.price).toBe(2_000);
    expect(hall.pitch).toBe(1);
    expect(hall.bounds).toEqual({ left: 0, top: 0, right: 4, bottom: 12 });
    expect(hall.accessible[seat(hall, "B-1-1")]).toBe(1);
    expect(hall.accessible[seat(hall, "B-1-2")]).toBe(0);
  });

  it("sorts rows from the stage and seats from the left, whatever the order they come in", () => {
    const mixed = hallOf(
      {
        id: "lay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c05",
        version: 1,
        name: "Mixed",
        seatCount: 3,
        sections: [
          {
            id: "A",
            name: "A",
            blocks: [
              { id: "b", seats: [{ id: "back", label: "1", row: "2", x: 0, y: 5, accessible: false }] },
              {
                id: "f",
                seats: [
                  { id: "right", label: "2", row: "1", x: 1, y: 0, accessible: false },
                  { id: "left", label: "1", row: "1", x: 0, y: 0, accessible: false },
                ],
              },
            ],
          },
        ],
      },
      [],
    );
    const [front, back] = (mixed.sections[0]?.rows ?? []).map((row) => mixed.rows[row]);
    expect(front?.seats.map((index) => mixed.ids[index])).toEqual(["left", "right"]);
    expect(back?.name).toBe("2");
    expect(mixed.priceClassOf(0)).toBe(-1);
  });

  it("takes seats of one row without an aisle between them for neighbours", () => {
    const [one, two, three] = [seat(hall, "A-1-1"), seat(hall, "A-1-2"), seat(hall, "A-1-3")];
    expect(areNeighbours(hall, one, two)).toBe(true);
    expect(areNeighbours(hall, one, three)).toBe(false);
    expect(areNeighbours(hall, one, seat(hall, "A-2-1"))).toBe(false);
  });
});

describe("the text of a block", () => {
  it("has two bits a seat, the first seat in the lowest", () => {
    // 0b11_10_01_00: free, held, sold, not for sale; then held.
    const text = btoa(String.fromCharCode(0b11100100, 0b01));
    const states = decode(hall, { "A-1": text, unknown: text });
    expect([...states.slice(0, 5)]).toEqual([FREE, HELD, SOLD, NOT_FOR_SALE, HELD]);
    expect(states[seat(hall, "B-1-1")]).toBe(NOT_FOR_SALE);
  });

  it("that is too short leaves the rest not for sale", () => {
    const states = decode(hall, { "A-1": btoa("\0") });
    expect([...states.slice(0, 5)]).toEqual([FREE, FREE, FREE, FREE, NOT_FOR_SALE]);
  });

  it("is counted by section and by price", () => {
    const states = decode(hall, { "A-1": btoa("\0\0"), "B-1": btoa(String.fromCharCode(0b01)) });
    expect(countFree(hall, states)).toEqual({ sections: [5, 3], classes: [5, 3] });
  });
});

describe("an outline", () => {
  const square = hull([
    { x: 0, y: 0 },
    { x: 4, y: 0 },
    { x: 2, y: 2 },
    { x: 4, y: 4 },
    { x: 0, y: 4 },
  ]);

  it("has the outermost points alone", () => {
    expect(square).toHaveLength(4);
  });

  it("holds what is in it and what is near", () => {
    expect(isInside(square, { x: 2, y: 3 }, 0)).toBe(true);
    expect(isInside(square, { x: 5, y: 3 }, 0.5)).toBe(false);
    expect(isInside(square, { x: 4.4, y: 3 }, 0.5)).toBe(true);
  });

  it("is moved outwards by a margin on every side", () => {
    const wide = widened(square, 1);
    expect(Math.min(...wide.map(({ x }) => x))).toBeCloseTo(-1);
    expect(Math.max(...wide.map(({ y }) => y))).toBeCloseTo(5);
    expect(isInside(wide, { x: -0.9, y: 2 }, 0)).toBe(true);
    // Its corners are round.
    expect(isInside(wide, { x: -0.9, y: -0.9 }, 0)).toBe(false);
  });

  it("of a single row still can be met", () => {
    const row = hull([
      { x: 0, y: 0 },
      { x: 9, y: 0 },
    ]);
    expect(isInside(row, { x: 4, y: 0.3 }, 0.5)).toBe(true);
    expect(isInside(row, { x: 4, y: 2 }, 0.5)).toBe(false);
  });
});
