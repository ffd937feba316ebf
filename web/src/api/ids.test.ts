import { describe, expect, it } from "vitest";
import { newId } from "./ids";

describe("newId", () => {
  it("is a UUID of version 7 behind its prefix", () => {
    expect(newId("pay")).toMatch(/^pay_[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it("says when it was made, and sorts by it", () => {
    const id = newId("pay", 0x0192f0c47a10);
    expect(id.slice(4, 17)).toBe("0192f0c4-7a10");
    expect(newId("pay", 1_000) < newId("pay", 1_001)).toBe(true);
  });

  it("is never the same again", () => {
    const ids = Array.from({ length: 1_000 }, () => newId("pay", 1));
    expect(new Set(ids).size).toBe(1_000);
  });
});
