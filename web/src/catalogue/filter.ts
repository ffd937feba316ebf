import type { Category, EventFilter, EventStatus } from "../api/events";

export const CATEGORIES = [
  "concert",
  "musical",
  "theatre",
  "film",
  "sports",
  "exhibition",
  "other",
] as const satisfies readonly Category[];

export const STATUSES = [
  "ON_SALE",
  "SOLD_OUT",
  "ENDED",
  "CANCELLED",
] as const satisfies readonly EventStatus[];

export const SORTS = ["date", "popular", "newest"] as const;
export type Sort = (typeof SORTS)[number];

/** What somebody looks for, as the address of the page says it. */
export interface Search {
  readonly q: string;
  readonly category: Category | null;
  readonly status: EventStatus | null;
  /** Calendar days of the reader. */
  readonly from: string | null;
  readonly to: string | null;
  readonly sort: Sort;
}

const LONGEST_Q = 100;
const PAGE = 24;

/** Reads the address. What makes no sense there is as if it were absent: people write addresses, too. */
export function readSearch(params: URLSearchParams): Search {
  return {
    q: (params.get("q") ?? "").slice(0, LONGEST_Q),
    category: oneOf(CATEGORIES, params.get("category")),
    status: oneOf(STATUSES, params.get("status")),
    from: day(params.get("from")),
    to: day(params.get("to")),
    sort: oneOf(SORTS, params.get("sort")) ?? "date",
  };
}

/** The address of a search, without what goes without saying. */
export function writeSearch(search: Search): URLSearchParams {
  const params = new URLSearchParams();
  if (search.q.trim() !== "") params.set("q", search.q.slice(0, LONGEST_Q));
  if (search.category) params.set("category", search.category);
  if (search.status) params.set("status", search.status);
  if (search.from) params.set("from", search.from);
  if (search.to) params.set("to", search.to);
  if (search.sort !== "date") params.set("sort", search.sort);
  return params;
}

/** What to ask the API: whole days by the reader's clock, in order. */
export function queryOf(search: Search): EventFilter {
  const days = [search.from, search.to];
  const [from, to] = isReversed(search) ? days.reverse() : days;
  return {
    limit: PAGE,
    sort: search.sort,
    ...(search.q.trim() !== "" && { q: search.q.trim() }),
    ...(search.category && { category: search.category }),
    ...(search.status && { status: search.status }),
    ...(from && { from: new Date(`${from}T00:00:00`).toISOString() }),
    ...(to && { to: new Date(`${to}T23:59:59.999`).toISOString() }),
  };
}

/** Whether the days were given the wrong way round. */
export function isReversed({ from, to }: Search): boolean {
  return from !== null && to !== null && from > to;
}

/** How many filters are in use, beside the words. */
export function filtersIn({ category, status, from, to }: Search): number {
  return [category, status, from, to].filter((value) => value !== null).length;
}

function oneOf<T extends string>(values: readonly T[], value: string | null): T | null {
  return values.find((each) => each === value) ?? null;
}

function day(value: string | null): string | null {
  if (value === null || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return null;
  const date = new Date(`${value}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== value ? null : value;
}
