import { describe, expect, it } from "vitest";
import { nextBest, offerAfter } from "../sale/offer";
import { FREE, HELD } from "./availability";
import { nearestTogether } from "./best-fit";
import { mostSeats, sift, toggle } from "./choice";
import { Grid } from "./grid";
import { classLook, lookOf, SHAPES } from "./looks";
import { reactToKey, reactToTap } from "./reactions";
import { idsOf, seat, testHall } from "./testing";
import { beginning, otherSection, rowEnd, step } from "./walk";

const hall = testHall([
  { id: "A", rows: 3, seats: 9 },
  { id: "B", rows: 2, seats: 9, y: 6 },
]);
const all = (state: number) => new Uint8Array(hall.size).fill(state);
const name = (index: number | null) => (index === null ? null : hall.ids[index]);

describe("walking", () => {
  it("goes along the row and to the row before or behind", () => {
    const start = seat(hall, "A-2-5");
    expect(name(step(hall, start, "left"))).toBe("A-2-4");
    expect(name(step(hall, start, "right"))).toBe("A-2-6");
    expect(name(step(hall, start, "up"))).toBe("A-1-5");
    expect(name(step(hall, start, "down"))).toBe("A-3-5");
  });

  it("crosses to the next section and stops at the edge of the hall", () => {
    expect(name(step(hall, seat(hall, "A-3-5"), "down"))).toBe("B-1-5");
    expect(step(hall, seat(hall, "A-1-5"), "up")).toBeNull();
    expect(step(hall, seat(hall, "A-1-9"), "right")).toBeNull();
  });

  it("goes to the ends of a row and to other sections", () => {
    expect(name(rowEnd(hall, seat(hall, "A-2-5"), "first"))).toBe("A-2-1");
    expect(name(rowEnd(hall, seat(hall, "A-2-5"), "last"))).toBe("A-2-9");
    expect(name(otherSection(hall, seat(hall, "A-2-5"), 1))).toBe("B-1-5");
    expect(name(otherSection(hall, seat(hall, "A-2-5"), -1))).toBe("A-2-5");
    expect(name(beginning(hall))).toBe("A-1-5");
  });
});

describe("keys", () => {
  it("begin in the middle of the front, whatever is pressed first", () => {
    expect(reactToKey(hall, null, "ArrowLeft")).toEqual({ cursor: beginning(hall) });
    expect(reactToKey(hall, null, "Enter")).toEqual({ cursor: beginning(hall) });
  });

  it("choose with Enter and the space bar, zoom, and leave the rest to the browser", () => {
    expect(reactToKey(hall, 3, "Enter")).toEqual({ toggle: 3 });
    expect(reactToKey(hall, 3, " ")).toEqual({ toggle: 3 });
    expect(reactToKey(hall, 3, "+")?.zoom).toBeGreaterThan(1);
    expect(reactToKey(hall, 3, "-")?.zoom).toBeLessThan(1);
    expect(reactToKey(hall, 3, "0")).toEqual({ showAll: true });
    expect(reactToKey(hall, 3, "Tab")).toBeNull();
    expect(reactToKey(hall, 3, "a")).toBeNull();
  });
});

describe("taps", () => {
  const grid = new Grid(hall);

  it("go to the section from afar", () => {
    const far = { scale: 2, left: 0, top: 0 };
    expect(reactToTap(hall, grid, far, { x: 8, y: 2 }, false)).toEqual({ area: hall.sections[0]?.bounds });
    expect(reactToTap(hall, grid, far, { x: 90, y: 90 }, false)).toBeNull();
  });

  it("choose the seat under a pointer, and go near first under a finger", () => {
    const middling = { scale: 16, left: 0, top: 0 };
    const [x, y] = [4 * 16 + 3, 16 - 2];
    const found = seat(hall, "A-2-5");
    expect(reactToTap(hall, grid, middling, { x, y }, false)).toEqual({ cursor: found, toggle: found });
    expect(reactToTap(hall, grid, middling, { x, y }, true)?.approach).toEqual({ x: x / 16, y: y / 16 });
    const near = { scale: 40, left: 0, top: 0 };
    expect(reactToTap(hall, grid, near, { x: 4 * 40 + 15, y: 40 }, true)?.toggle).toBe(found);
    expect(reactToTap(hall, grid, near, { x: 4 * 40, y: 4.5 * 40 }, true)).toBeNull();
  });
});

describe("the grid", () => {
  const grid = new Grid(hall);

  it("finds what looking at every seat finds", () => {
    const bounds = { left: 1.5, top: 0.5, right: 5, bottom: 7 };
    const found: number[] = [];
    grid.within(bounds, (index) => found.push(index));
    const expected = hall.ids.flatMap((_, index) => {
      const [x, y] = [hall.x[index] ?? 0, hall.y[index] ?? 0];
      return x >= 1.5 && x <= 5 && y >= 0.5 && y <= 7 ? [index] : [];
    });
    expect(found.sort((a, b) => a - b)).toEqual(expected);
    expect(expected.length).toBeGreaterThan(8);
  });

  it("finds the nearest seat in reach, of those that are wanted", () => {
    expect(name(grid.nearest({ x: 3.2, y: 1.1 }, 0.5))).toBe("A-2-4");
    expect(grid.nearest({ x: 3, y: 4.5 }, 0.5)).toBeNull();
    expect(name(grid.nearest({ x: 3.2, y: 1.1 }, 1.5, (index) => index !== seat(hall, "A-2-4")))).toBe(
      "A-2-5",
    );
  });
});

describe("the nearest seats together", () => {
  it("are side by side, of the class, and as near as possible", () => {
    const states = all(FREE);
    const wanted = [seat(hall, "A-1-4"), seat(hall, "A-1-5")];
    for (const index of wanted) states[index] = HELD;
    expect(idsOf(hall, nearestTogether(hall, states, wanted, 2, 0))).toEqual(["A-2-4", "A-2-5"]);
  });

  it("leave no single seat behind where that costs little", () => {
    const states = all(HELD);
    for (const place of [3, 4, 5, 6, 7]) states[seat(hall, `A-1-${place}`)] = FREE;
    expect(idsOf(hall, nearestTogether(hall, states, [seat(hall, "A-1-5")], 3, 0))).toEqual([
      "A-1-3",
      "A-1-4",
      "A-1-5",
    ]);
  });

  it("are none when so many are nowhere together, or of another price alone", () => {
    const states = all(HELD);
    states[seat(hall, "A-1-1")] = FREE;
    states[seat(hall, "A-1-3")] = FREE;
    expect(nearestTogether(hall, states, [0], 2, 0)).toBeNull();
    states[seat(hall, "B-1-1")] = FREE;
    states[seat(hall, "B-1-2")] = FREE;
    expect(nearestTogether(hall, states, [0], 2, 0)).toBeNull();
    expect(nearestTogether(hall, states, [0], 0, 0)).toBeNull();
  });

  it("replace a whole choice of one price, and only the lost part of a mixed one", () => {
    const states = all(FREE);
    const [lost, kept] = [seat(hall, "A-1-4"), seat(hall, "A-1-5")];
    states[lost] = HELD;
    expect(idsOf(hall, nextBest(hall, states, [lost, kept], [lost]))).toEqual(["A-1-5", "A-1-6"]);
    const other = seat(hall, "B-1-1");
    expect(idsOf(hall, nextBest(hall, states, [lost, other], [lost]))).toEqual(["B-1-1", "A-1-3"]);
    expect(nextBest(hall, states, [kept], [])).toBeNull();
  });

  it("stay what they are while others take other seats", () => {
    const states = all(FREE);
    const lost = [seat(hall, "A-1-4")];
    states[lost[0] ?? 0] = HELD;
    const offer = offerAfter(null, hall, states, lost, lost);
    expect(idsOf(hall, offer)).toEqual(["A-1-3"]);
    // Nearer, and free later.
    expect(offerAfter(offer, hall, all(FREE), lost, lost)).toBe(offer);
    states[seat(hall, "A-1-3")] = HELD;
    expect(idsOf(hall, offerAfter(offer, hall, states, lost, lost))).toEqual(["A-1-5"]);
    expect(offerAfter(offer, hall, all(FREE), lost, [])).toBeNull();
  });
});

describe("a choice", () => {
  it("is limited by the event and by what one request takes", () => {
    expect(mostSeats(4)).toBe(4);
    expect(mostSeats(50)).toBe(8);
  });

  it("takes and drops seats, and stays as it is when it is full", () => {
    expect(toggle([1], 2, 2)).toEqual([1, 2]);
    expect(toggle([1, 2], 1, 2)).toEqual([2]);
    const full = [1, 2];
    expect(toggle(full, 3, 2)).toBe(full);
  });

  it("loses what others have by now", () => {
    const states = all(FREE);
    states[3] = HELD;
    expect(sift([2, 3], states)).toEqual({ kept: [2], gone: [3] });
    const chosen = [2];
    expect(sift(chosen, states).kept).toBe(chosen);
  });
});

describe("looks", () => {
  it("of 40 price classes are all different", () => {
    const looks = Array.from({ length: 40 }, (_, index) => JSON.stringify(classLook(index)));
    expect(new Set(looks).size).toBe(40);
  });

  it("of neighbouring classes differ by shape", () => {
    for (let index = 0; index < SHAPES.length; index += 1) {
      expect(classLook(index).shape).not.toBe(classLook(index + 1).shape);
    }
  });

  it("say what a seat is", () => {
    expect(lookOf(FREE, 0, false, true)).toBe("free");
    expect(lookOf(FREE, 0, true, true)).toBe("watched");
    expect(lookOf(FREE, 0, true, false)).toBe("faded");
    expect(lookOf(HELD, 0, true, false)).toBe("held");
    expect(lookOf(FREE, -1, false, true)).toBe("none");
    expect(lookOf(undefined, 0, false, true)).toBe("none");
  });
});
