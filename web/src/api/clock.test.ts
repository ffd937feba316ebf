import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readConfig } from "../config/config";
import { observeClock, serverNow } from "./clock";

const NOW = Date.parse("2026-11-26T10:00:00Z");

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});

afterEach(() => {
  observeClock(new Date(NOW).toUTCString());
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the server's clock", () => {
  it("is followed where this one is wrong by more than an answer takes", () => {
    observeClock("Thu, 26 Nov 2026 10:05:00 GMT");
    expect(serverNow()).toBe(NOW + 300_500);
    vi.setSystemTime(NOW + 60_000);
    expect(serverNow()).toBe(NOW + 360_500);
    vi.setSystemTime(NOW);
    observeClock("Thu, 26 Nov 2026 10:00:01 GMT");
    expect(serverNow()).toBe(NOW);
  });

  it("is as before after an answer without a date", () => {
    observeClock("Thu, 26 Nov 2026 09:55:00 GMT");
    observeClock(null);
    observeClock("yesterday");
    expect(serverNow()).toBe(NOW - 299_500);
  });

  it("is learnt from the configuration, which everybody reads", async () => {
    const headers = { Date: "Thu, 26 Nov 2026 10:10:00 GMT" };
    vi.stubGlobal("fetch", async () => Response.json({ googleLogIn: false }, { headers }));
    await readConfig();
    expect(serverNow()).toBe(NOW + 600_500);
  });
});
