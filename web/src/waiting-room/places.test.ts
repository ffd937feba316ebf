import { beforeEach, describe, expect, it } from "vitest";
import { Places } from "./places";

class Memory {
  readonly entries = new Map<string, string>();
  get length() {
    return this.entries.size;
  }
  key(index: number) {
    return [...this.entries.keys()][index] ?? null;
  }
  getItem(name: string) {
    return this.entries.get(name) ?? null;
  }
  setItem(name: string, value: string) {
    this.entries.set(name, value);
  }
  removeItem(name: string) {
    this.entries.delete(name);
  }
}

const DAY = 24 * 3_600_000;

let memory: Memory;
let places: Places;

beforeEach(() => {
  memory = new Memory();
  places = new Places(() => memory);
});

describe("places in lines", () => {
  it("are kept for each account and event", () => {
    places.keep("usr_1", "evt_1", "ticket", 40, 0);
    expect(places.of("usr_1", "evt_1")?.ticket).toBe("ticket");
    expect(places.of("usr_2", "evt_1")).toBeNull();
    expect(places.of("usr_1", "evt_2")).toBeNull();
    places.drop("usr_1", "evt_1");
    expect(places.of("usr_1", "evt_1")).toBeNull();
  });

  it("remember how long the line was at first", () => {
    places.keep("usr_1", "evt_1", "draw", null, 0);
    expect(places.of("usr_1", "evt_1")?.aheadAtFirst).toBeNull();
    places.keep("usr_1", "evt_1", "draw", 40, 1);
    places.keep("usr_1", "evt_1", "draw", 12, 2);
    expect(places.of("usr_1", "evt_1")?.aheadAtFirst).toBe(40);
  });

  it("begin anew with a dropped ticket", () => {
    places.keep("usr_1", "evt_1", "first", 40, 0);
    places.drop("usr_1", "evt_1");
    places.keep("usr_1", "evt_1", "second", 7, 1);
    expect(places.of("usr_1", "evt_1")?.aheadAtFirst).toBe(7);
  });

  it("are forgotten after a day, and nothing else is", () => {
    memory.setItem("jari.language", "ko");
    memory.setItem("jari.place.usr_1.evt_9", "not a place");
    places.keep("usr_1", "evt_1", "old", 1, 0);
    places.keep("usr_1", "evt_2", "new", 1, DAY + 1);
    expect([...memory.entries.keys()]).toEqual(["jari.language", "jari.place.usr_1.evt_2"]);
  });

  it("do without storage where it is forbidden", () => {
    const forbidden = new Places(() => {
      throw new DOMException("denied", "SecurityError");
    });
    forbidden.keep("usr_1", "evt_1", "ticket", 1, 0);
    expect(forbidden.of("usr_1", "evt_1")).toBeNull();
    expect(() => forbidden.drop("usr_1", "evt_1")).not.toThrow();
  });
});
