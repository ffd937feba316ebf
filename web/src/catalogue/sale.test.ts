import { describe, expect, it } from "vitest";
import type { Performance } from "../api/events";
import { isBookable, leftOf, nextStep, saleOf } from "./sale";

const NOW = Date.parse("2026-11-26T12:00:00Z");
const show: Performance = {
  id: "prf_1",
  startsAt: "2026-12-24T10:00:00Z",
  layoutId: "lay_1",
  saleOpensAt: "2026-11-20T10:00:00Z",
  saleClosesAt: null,
  cancelled: false,
};

describe("the sale of a performance", () => {
  it("is open between its opening and its end", () => {
    expect(saleOf(show, "ON_SALE", 3, NOW)).toEqual({ kind: "open", left: 3, closesAt: null });
    expect(saleOf(show, "ON_SALE", null, NOW)).toEqual({ kind: "open", left: null, closesAt: null });
    const opening = { ...show, saleOpensAt: "2026-11-26T12:00:00Z" };
    expect(saleOf(opening, "ON_SALE", 3, NOW - 1).kind).toBe("soon");
    expect(saleOf(opening, "ON_SALE", 3, NOW).kind).toBe("open");
    expect(saleOf({ ...show, saleClosesAt: "2026-11-26T12:00:00Z" }, "ON_SALE", 3, NOW).kind).toBe("closed");
    expect(saleOf({ ...show, startsAt: "2026-11-26T12:00:00Z" }, "ON_SALE", 3, NOW).kind).toBe("over");
  });

  it("is sold out while nothing is left, whatever the event says", () => {
    expect(saleOf(show, "ON_SALE", 0, NOW).kind).toBe("sold-out");
    expect(saleOf(show, "SOLD_OUT", null, NOW).kind).toBe("sold-out");
    expect(saleOf(show, "SOLD_OUT", 1, NOW).kind).toBe("open");
  });

  it("is no more once it was called off", () => {
    expect(saleOf({ ...show, cancelled: true }, "ON_SALE", 3, NOW).kind).toBe("cancelled");
    expect(saleOf(show, "CANCELLED", 3, NOW).kind).toBe("cancelled");
    expect(isBookable(saleOf(show, "ENDED", 3, NOW))).toBe(false);
  });
});

describe("what is left", () => {
  const stock = (available: number) => [{ performanceId: "prf_1", total: 9, available, held: 0, sold: 0 }];

  it("is the sum of the ticket types", () => {
    expect(leftOf("prf_1", [stock(3), stock(4)], [])).toBe(7);
  });

  it("is what the list of days says while a type is not known", () => {
    const dates = [
      { date: "2026-12-24", performances: [{ id: "prf_1", startsAt: show.startsAt, available: 5 }] },
    ];
    expect(leftOf("prf_1", [stock(3), undefined], dates)).toBe(5);
    expect(leftOf("prf_1", [], undefined)).toBeNull();
  });

  it("is not known of a performance that no list names: its day may be left out for other reasons", () => {
    expect(leftOf("prf_2", [stock(3)], [])).toBeNull();
  });
});

describe("the next step", () => {
  const open = saleOf(show, "ON_SALE", 3, NOW);
  const soon = saleOf({ ...show, saleOpensAt: "2026-12-01T10:00:00Z" }, "ON_SALE", 3, NOW);

  it("leads to the seats, or lets one look at them", () => {
    expect(nextStep(open, "NONE", false)).toBe("seats");
    expect(nextStep(soon, "NONE", false)).toBe("look");
    expect(nextStep(saleOf(show, "ON_SALE", 0, NOW), "OPEN", false)).toBe("look");
  });

  it("leads through the waiting room until one is let in", () => {
    expect(nextStep(soon, "SCHEDULED", false)).toBe("wait-scheduled");
    expect(nextStep(soon, "PRE_QUEUE", false)).toBe("wait-draw");
    expect(nextStep(open, "OPEN", false)).toBe("wait-line");
    expect(nextStep(open, "OPEN", true)).toBe("seats");
  });

  it("is none where nothing can be done, or where it is not known yet", () => {
    expect(nextStep(open, null, false)).toBe("none");
    expect(nextStep(saleOf(show, "CANCELLED", 3, NOW), "NONE", false)).toBe("none");
  });
});
