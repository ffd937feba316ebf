import { describe, expect, it } from "vitest";
import { dayAt, monthOf, weeksOf } from "./month";

describe("days", () => {
  it("are those of the calendar at the venue", () => {
    expect(dayAt("2026-12-31T16:00:00Z", "Asia/Seoul")).toBe("2027-01-01");
    expect(dayAt("2026-12-31T16:00:00Z", "America/New_York")).toBe("2026-12-31");
    expect(monthOf("2027-01-01")).toBe("2027-01");
  });
});

describe("weeks", () => {
  it("begin on Sunday and hold every day of the month once", () => {
    const weeks = weeksOf("2026-12");
    expect(weeks[0]).toEqual([
      null,
      null,
      "2026-12-01",
      "2026-12-02",
      "2026-12-03",
      "2026-12-04",
      "2026-12-05",
    ]);
    expect(weeks.flat().filter((day) => day !== null)).toHaveLength(31);
    expect(weeks.every((week) => week.length === 7)).toBe(true);
    expect(weeks.at(-1)).toEqual([
      "2026-12-27",
      "2026-12-28",
      "2026-12-29",
      "2026-12-30",
      "2026-12-31",
      null,
      null,
    ]);
  });

  it("know leap years, and a month that fills its weeks", () => {
    expect(weeksOf("2028-02").flat()).toContain("2028-02-29");
    expect(weeksOf("2026-02")).toHaveLength(4);
  });
});
