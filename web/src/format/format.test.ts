import i18next from "i18next";
import { beforeAll, describe, expect, it } from "vitest";
import { count, money, points } from "./money";
import { duration, foreignZone, remaining, venueDays, venueMoment, venueTime } from "./time";

beforeAll(() => i18next.init({ lng: "en", resources: {} }));

describe("money", () => {
  it("is written as people of the language write it", async () => {
    expect(money(45_000, "KRW")).toBe("₩45,000");
    expect(money(4_550, "USD")).toBe("$45.50");
    expect(points(1_200)).toBe("1,200 P");
    expect(count(12_000)).toBe("12,000");
    await i18next.changeLanguage("ko");
    expect(money(45_000, "KRW")).toBe("45,000원");
    await i18next.changeLanguage("en");
  });
});

describe("time", () => {
  it("is that of the venue, whatever the reader's clock says", () => {
    const text = venueTime("2026-12-24T10:00:00Z", "Asia/Seoul");
    expect(text).toContain("Dec 24, 2026");
    expect(text).toMatch(/7:00\sPM/);
  });

  it("keeps the hour beside its half of the day", async () => {
    const moment = "2026-12-24T10:00:00Z";
    expect(venueTime(moment, "Asia/Seoul")).toMatch(/7:00[\u00a0\u202f]PM$/);
    await i18next.changeLanguage("ko");
    expect(venueTime(moment, "Asia/Seoul")).toMatch(/(오후|PM)\u00a07:00$/);
    await i18next.changeLanguage("en");
  });

  it("says the days between two moments once", () => {
    const days = venueDays("2026-12-16T10:00:00Z", "2026-12-26T16:00:00Z", "Asia/Seoul");
    expect(days.replace(/\s/g, " ")).toBe("Dec 16 – 27, 2026");
    expect(venueDays("2026-12-16T03:00:00Z", "2026-12-16T10:00:00Z", "Asia/Seoul")).toBe("Dec 16, 2026");
  });

  it("names a zone only where it is not the reader's own", () => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    expect(foreignZone("2026-12-24T10:00:00Z", own)).toBeNull();
    const other = own === "Asia/Seoul" ? "America/New_York" : "Asia/Seoul";
    expect(foreignZone("2026-12-24T10:00:00Z", other)).toMatch(/^GMT[+-]\d/);
    expect(venueMoment("2026-12-24T10:00:00Z", own)).toBe(venueTime("2026-12-24T10:00:00Z", own));
    expect(venueMoment("2026-12-24T10:00:00Z", other)).toMatch(/ \(GMT[+-]\d+\)$/);
  });

  it("counts down to nothing and no further", () => {
    expect(remaining(249_001)).toBe("4:10");
    expect(remaining(9_000)).toBe("0:09");
    expect(remaining(-5)).toBe("0:00");
    expect(remaining(3_725_000)).toBe("1:02:05");
  });

  it("says a wait in the unit that fits", () => {
    expect(duration(40)).toBe("40 seconds");
    expect(duration(150)).toBe("3 minutes");
    expect(duration(7_200)).toBe("2 hours");
    expect(duration(3 * 86_400)).toBe("3 days");
  });
});
