import { describe, expect, it } from "vitest";
import { filtersIn, isReversed, queryOf, readSearch, writeSearch } from "./filter";

const read = (query: string) => readSearch(new URLSearchParams(query));

describe("a search in the address", () => {
  it("is read as it was written", () => {
    const query =
      "q=%EB%B4%84+%EC%9D%8C%EC%95%85&category=concert&status=ON_SALE&from=2026-12-01&to=2026-12-31&sort=popular";
    expect(writeSearch(read(query)).toString()).toBe(query);
    expect(filtersIn(read(query))).toBe(4);
  });

  it("leaves out what goes without saying", () => {
    expect(writeSearch(read("q=++&sort=date")).toString()).toBe("");
  });

  it("takes what makes no sense as absent", () => {
    expect(read("category=opera&status=DRAFT&from=2026-02-30&to=soon&sort=price")).toEqual(read(""));
  });
});

describe("what the API is asked", () => {
  it("is about whole days of the reader", () => {
    const { from, to } = queryOf(read("from=2026-12-01&to=2026-12-01"));
    expect(new Date(from ?? "").getTime()).toBe(new Date(2026, 11, 1).getTime());
    expect(new Date(to ?? "").getTime()).toBe(new Date(2026, 11, 2).getTime() - 1);
  });

  it("has the days in order", () => {
    const search = read("from=2026-12-31&to=2026-12-01");
    expect(isReversed(search)).toBe(true);
    const { from, to } = queryOf(search);
    expect(Date.parse(from ?? "")).toBeLessThan(Date.parse(to ?? ""));
  });

  it("has nothing that nobody wished", () => {
    expect(queryOf(read(""))).toEqual({ limit: 24, sort: "date" });
  });
});
