import { describe, expect, it } from "vitest";
import { logInPath, safeNext } from "./next";

const ORIGIN = "https://jari.example";
const next = (wanted: string | null) => safeNext(wanted, ORIGIN);

describe("the page after logging in", () => {
  it("is the one asked for", () => {
    for (const path of ["/", "/reservations", "/events/evt_1?date=2026-12-24&x=%2F#seats", "/points?a=//b"]) {
      expect(next(path)).toBe(path);
    }
  });

  it("is never one of another site", () => {
    for (const path of [
      "//evil.example",
      "///evil.example",
      "/\\evil.example",
      "\\\\evil.example",
      "/\t/evil.example",
      "/\n/evil.example",
      "/.//evil.example",
      "/x/..//evil.example",
      "/./\\evil.example",
      "https://evil.example",
      "https:evil.example",
      "https:/evil.example",
      " //evil.example",
      "javascript:alert(1)",
      "data:text/html,x",
      "evil.example",
      "@evil.example",
      "//jari.example@evil.example",
      "https://jari.example.evil.example/",
      "//[",
      "",
    ]) {
      expect(next(path), path).toBe("/");
    }
    expect(next(null)).toBe("/");
  });

  it("is not logging in again", () => {
    for (const path of ["/login", "/login?next=/points", "/login/google?code=1", "/register"]) {
      expect(next(path), path).toBe("/");
    }
    expect(next("/logins")).toBe("/logins");
  });

  it("survives being carried in an address", () => {
    const here = "/events/evt_1/performances/prf_1?seats=A-1&x=ㄱ";
    const carried = new URL(logInPath(here), ORIGIN).searchParams.get("next");
    expect(next(carried)).toBe(encodeURI(here));
  });
});
