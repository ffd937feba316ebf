import type { BookableDate, EventStatus, Performance, Stock } from "../api/events";
import type { QueueStatus } from "../api/queue";

/** What one can do about a performance now. */
export type Sale =
  | { readonly kind: "cancelled" | "over" | "closed" | "sold-out" }
  | { readonly kind: "soon"; readonly opensAt: string }
  /** `left` is `null` while it is not known; `closesAt` when the sale ends before the performance begins. */
  | { readonly kind: "open"; readonly left: number | null; readonly closesAt: string | null };

/**
 * The sale of a performance at a moment. What is left counts for more than the event's word of being sold out: seats that
 * nobody paid for come back, and the API sells them.
 */
export function saleOf(
  performance: Performance,
  status: EventStatus,
  left: number | null,
  now: number,
): Sale {
  if (performance.cancelled || status === "CANCELLED") return { kind: "cancelled" };
  if (Date.parse(performance.startsAt) <= now) return { kind: "over" };
  if (status === "ENDED") return { kind: "closed" };
  const { saleOpensAt, saleClosesAt } = performance;
  if (saleClosesAt !== null && Date.parse(saleClosesAt) <= now) return { kind: "closed" };
  if (saleOpensAt !== null && Date.parse(saleOpensAt) > now) return { kind: "soon", opensAt: saleOpensAt };
  if (left === 0 || (left === null && status === "SOLD_OUT")) return { kind: "sold-out" };
  return { kind: "open", left, closesAt: saleClosesAt };
}

/** Whether somebody may still get tickets, now or later. */
export function isBookable(sale: Sale): boolean {
  return sale.kind === "open" || sale.kind === "soon";
}

/**
 * How much of a performance is left: by its ticket types when all of them are known, which the live updates keep right, and
 * otherwise by the list of days, which leaves out days that are sold out.
 */
export function leftOf(
  performanceId: string,
  stocks: readonly (readonly Stock[] | undefined)[],
  dates: readonly BookableDate[] | undefined,
): number | null {
  const counts = stocks.map(
    (stock) => stock?.find((entry) => entry.performanceId === performanceId)?.available,
  );
  if (counts.length > 0 && counts.every((count) => count !== undefined)) {
    return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  }
  if (dates === undefined) return null;
  const shows = dates.flatMap((date) => date.performances);
  return shows.find(({ id }) => id === performanceId)?.available ?? null;
}

/** Where the way on from a performance leads. */
export type Step = "seats" | "look" | "wait-scheduled" | "wait-draw" | "wait-line" | "none";

/**
 * The one next step of a performance. Where a waiting room guards the sale it comes first, unless one was let in already;
 * while it is not known whether one does (`null`), no way is shown that might be the wrong one.
 */
export function nextStep(sale: Sale, phase: QueueStatus["phase"] | null, isAdmitted: boolean): Step {
  if (sale.kind === "sold-out") return "look";
  if (!isBookable(sale) || phase === null) return "none";
  if (!isAdmitted && phase === "SCHEDULED") return "wait-scheduled";
  if (!isAdmitted && phase === "PRE_QUEUE") return "wait-draw";
  if (!isAdmitted && phase === "OPEN") return "wait-line";
  return sale.kind === "open" ? "seats" : "look";
}
