import { describe, expect, it } from "vitest";
import { Problem } from "../api/problem";
import type { QueueWait } from "../api/queue";
import { pauseBeforeAsking, type Situation } from "./pause";

const NOW = Date.parse("2026-11-26T12:00:00Z");
const waiting: QueueWait = {
  status: "WAITING",
  ticket: "ticket",
  ticketId: "number-412",
  place: 10_412,
  position: 4_013,
  ahead: 4_012,
  estimatedWaitSeconds: 401,
  pollAfterSeconds: 27,
  opensAt: "2026-11-26T11:00:00Z",
  seatsLeft: 1_200,
  notice: null,
};

const pause = (situation: Partial<Situation>) =>
  pauseBeforeAsking({ answer: waiting, error: null, isHearing: false, now: NOW, share: 0.5, ...situation });

describe("the pause before asking again", () => {
  it("is what the server says, and longer while news come by themselves", () => {
    expect(pause({})).toBe(27_000);
    expect(pause({ isHearing: true })).toBe(60_000);
    expect(pause({ answer: { ...waiting, pollAfterSeconds: 90 }, isHearing: true })).toBe(90_000);
  });

  it("is short for somebody who was called up and is not let in", () => {
    expect(pause({ answer: { ...waiting, position: 0 }, isHearing: true })).toBe(3_000);
  });

  it("is what the server says before the draw, of which no news come", () => {
    expect(
      pause({ answer: { ...waiting, status: "PRE_QUEUE", pollAfterSeconds: 38 }, isHearing: true }),
    ).toBe(38_000);
  });

  it("has no end for who is in, or cannot come in", () => {
    const admitted = {
      status: "ADMITTED",
      admissionToken: "t",
      expiresAt: "",
      seatsLeft: 1,
      notice: null,
    } as const;
    expect(pause({ answer: admitted })).toBe(false);
    expect(pause({ error: new Problem(409, "sale_over") })).toBe(false);
    expect(pause({ error: new Problem(404, "not_found") })).toBe(false);
  });

  it("lasts until the draw can be entered, spread a little, and is never longer than ten minutes", () => {
    const until = (preQueueOpensAt: string) =>
      pause({ error: new Problem(409, "queue_not_open", { preQueueOpensAt }) });
    expect(until("2026-11-26T12:01:00Z")).toBe(61_500);
    expect(until("2026-11-26T11:59:00Z")).toBe(2_500);
    expect(until("2026-11-27T12:00:00Z")).toBe(600_000);
  });

  it("is what a busy server wishes", () => {
    expect(pause({ error: new Problem(503, "unavailable", {}, 9) })).toBe(9_000);
    expect(pause({ error: new Problem(0, "offline") })).toBe(5_000);
  });
});
