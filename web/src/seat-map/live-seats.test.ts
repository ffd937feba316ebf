import { beforeEach, describe, expect, it } from "vitest";
import type { SeatMap } from "../api/seats";
import { FREE, HELD, SOLD } from "./availability";
import { LiveSeats } from "./live-seats";
import { seat, testHall } from "./testing";

const performanceId = "prf_01890000-0000-7000-8000-000000000002";
const hall = testHall([{ id: "A", rows: 1, seats: 4 }]);
const [one, two] = [seat(hall, "A-1-1"), seat(hall, "A-1-2")];

function map(version: number, bits = 0): SeatMap {
  return {
    performanceId,
    layoutId: null,
    version,
    ticketTypes: [],
    availability: { encoding: "2bit-base64", blocks: { "A-1": btoa(String.fromCharCode(bits)) } },
    counts: { total: 4, free: 4, held: 0, sold: 0, notForSale: 0 },
  };
}

function locked(previousVersion: number, version: number, id: string, expiresAt = "2026-11-26T09:05:00Z") {
  const seats = [{ id, expiresAt }];
  return { type: "seat-locked" as const, at: "", performanceId, previousVersion, version, seats };
}

function update(
  previousVersion: number,
  version: number,
  id: string,
  status: "FREE" | "SOLD",
  reload = false,
) {
  const seats = [{ id, status }];
  return { type: "seat-update" as const, at: "", performanceId, previousVersion, version, seats, reload };
}

describe("live seats", () => {
  let live: LiveSeats;
  beforeEach(() => {
    live = new LiveSeats(hall);
  });

  it("need a map first", () => {
    expect(live.needsMap).toBe(true);
    live.take(map(100));
    expect(live.needsMap).toBe(false);
    expect(live.states[one]).toBe(FREE);
  });

  it("show a map that is older than the room, and ask for another", () => {
    live.joined(200);
    live.take(map(150));
    expect(live.isKnown).toBe(true);
    expect(live.needsMap).toBe(true);
    live.take(map(200));
    expect(live.needsMap).toBe(false);
  });

  it("keep what comes before the map, and apply it in order", () => {
    live.joined(100);
    live.apply(locked(100, 110, "A-1-1"));
    live.apply(update(110, 120, "A-1-1", "SOLD"));
    live.take(map(100));
    expect(live.states[one]).toBe(SOLD);
    expect(live.needsMap).toBe(false);
    // The greatest version is 120 now: this follows it.
    live.apply(locked(120, 130, "A-1-2"));
    expect(live.states[two]).toBe(HELD);
  });

  it("do not wait for ever newer maps while differences keep coming", () => {
    live.joined(100);
    live.apply(locked(100, 110, "A-1-1"));
    live.take(map(105));
    expect(live.needsMap).toBe(false);
  });

  it("read the map again after a difference was missed", () => {
    live.take(map(100));
    live.apply(locked(110, 120, "A-1-1"));
    expect(live.needsMap).toBe(true);
    expect(live.states[one]).toBe(FREE);
    live.take(map(119));
    expect(live.needsMap).toBe(true);
    live.take(map(121, 0b01));
    expect(live.needsMap).toBe(false);
    expect(live.states[one]).toBe(HELD);
  });

  it("read the map again when more changed than can be said", () => {
    live.take(map(100));
    live.apply(update(100, 110, "A-1-1", "SOLD", true));
    expect(live.states[one]).toBe(SOLD);
    expect(live.needsMap).toBe(true);
    live.take(map(110, 0b10));
    expect(live.needsMap).toBe(false);
  });

  it("take older differences without going back", () => {
    live.take(map(100));
    live.apply(update(80, 90, "A-1-1", "SOLD"));
    live.apply(locked(100, 110, "A-1-2"));
    expect(live.needsMap).toBe(false);
    expect(live.states[two]).toBe(HELD);
  });

  it("ignore a map that is older than what is known", () => {
    live.take(map(100));
    live.apply(locked(100, 110, "A-1-1"));
    live.take(map(105));
    expect(live.states[one]).toBe(HELD);
  });

  it("free a hold when its time is over, since nobody says so", () => {
    live.take(map(100));
    live.apply(locked(100, 110, "A-1-1", "2026-11-26T09:05:00Z"));
    const end = Date.parse("2026-11-26T09:05:00Z");
    live.expire(end - 1);
    expect(live.states[one]).toBe(HELD);
    expect(live.heldUntil.get(one)).toBe(end);
    live.expire(end);
    expect(live.states[one]).toBe(FREE);
    expect(live.heldUntil.size).toBe(0);
  });

  it("forget the time of a hold that was paid", () => {
    live.take(map(100));
    live.apply(locked(100, 110, "A-1-1"));
    live.apply(update(110, 120, "A-1-1", "SOLD"));
    live.expire(Number.POSITIVE_INFINITY);
    expect(live.states[one]).toBe(SOLD);
  });

  it("know that the map alone tells when an untimed hold ends", () => {
    live.take(map(100, 0b01));
    expect(live.hasUntimedHolds).toBe(true);
    live.apply(locked(100, 110, "A-1-1"));
    expect(live.hasUntimedHolds).toBe(false);
  });

  it("believe a refusal before the map says it", () => {
    live.take(map(100));
    live.lost(["A-1-1", "nowhere"]);
    expect(live.states[one]).toBe(HELD);
    expect(live.states[two]).toBe(FREE);
  });

  it("tell of each change with new arrays", () => {
    live.take(map(100));
    const before = { states: live.states, snapshot: live.snapshot() };
    let told = 0;
    const stop = live.subscribe(() => {
      told += 1;
    });
    live.apply(locked(100, 110, "A-1-1"));
    live.choose(["A-1-2", "nowhere"]);
    expect(told).toBe(2);
    expect(live.states).not.toBe(before.states);
    expect(before.states[one]).toBe(FREE);
    expect(live.snapshot()).not.toBe(before.snapshot);
    expect([...live.others]).toEqual([two]);
    stop();
    live.choose([]);
    expect(told).toBe(2);
  });
});
