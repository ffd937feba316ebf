import { describe, expect, it } from "vitest";
import { isMoving, stateOf } from "./state";

const NOW = Date.parse("2026-11-26T10:00:00Z");
const held = {
  status: "PENDING",
  paymentStatus: "NONE",
  expiresAt: "2026-11-26T10:05:00Z",
  performance: { startsAt: "2026-12-24T10:00:00Z" },
} as const;

describe("the state of a reservation", () => {
  it("while it is held", () => {
    expect(stateOf(held, NOW)).toBe("toPay");
    expect(stateOf({ ...held, paymentStatus: "FAILED" }, NOW)).toBe("toPay");
    expect(stateOf({ ...held, paymentStatus: "PROCESSING" }, NOW)).toBe("paying");
  });

  it("is over with the hold, before the server has said so", () => {
    const end = Date.parse(held.expiresAt);
    expect(stateOf(held, end - 1)).toBe("toPay");
    expect(stateOf(held, end)).toBe("expired");
    expect(stateOf({ ...held, paymentStatus: "PROCESSING" }, end)).toBe("paying");
    expect(stateOf({ ...held, status: "EXPIRED" }, NOW)).toBe("expired");
  });

  it("is not over while a payment is under way, whatever became of the hold", () => {
    const paying = { ...held, paymentStatus: "PROCESSING", expiresAt: null } as const;
    expect(stateOf({ ...paying, status: "EXPIRED" }, NOW)).toBe("paying");
    expect(stateOf({ ...paying, status: "CANCELLED" }, NOW)).toBe("paying");
  });

  it("once it is paid", () => {
    const paid = { ...held, status: "CONFIRMED", paymentStatus: "SUCCESS", expiresAt: null } as const;
    expect(stateOf(paid, NOW)).toBe("confirmed");
    expect(stateOf(paid, Date.parse(held.performance.startsAt))).toBe("past");
  });

  it("when it was given up", () => {
    const cancelled = { ...held, status: "CANCELLED", expiresAt: null } as const;
    expect(stateOf({ ...cancelled, paymentStatus: "NONE" }, NOW)).toBe("released");
    expect(stateOf({ ...cancelled, paymentStatus: "FAILED" }, NOW)).toBe("released");
    expect(stateOf({ ...cancelled, paymentStatus: "SUCCESS" }, NOW)).toBe("refunding");
    expect(stateOf({ ...cancelled, paymentStatus: "REFUNDED" }, NOW)).toBe("refunded");
    expect(stateOf({ ...cancelled, paymentStatus: "PARTIALLY_REFUNDED" }, NOW)).toBe("partlyRefunded");
    expect(stateOf({ ...held, status: "EXPIRED", paymentStatus: "SUCCESS" }, NOW)).toBe("refunding");
  });

  it("moves by itself while a bank is asked", () => {
    expect((["paying", "refunding"] as const).map(isMoving)).toEqual([true, true]);
    expect((["toPay", "confirmed", "refunded", "expired"] as const).map(isMoving)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
