/** How an amount is paid: so much in points, the rest by card. Both in the currency's minor unit. */
export interface Split {
  readonly points: number;
  readonly card: number;
}

/** One point is one won; other currencies are paid by card alone. */
export function mostPoints(total: number, currency: string, balance: number): number {
  return currency === "KRW" ? Math.max(0, Math.min(total, balance)) : 0;
}

/** The split for the points somebody asked for, whatever was typed. */
export function splitOf(total: number, wanted: number, most: number): Split {
  const points = Number.isFinite(wanted) ? Math.min(most, Math.max(0, Math.trunc(wanted))) : 0;
  return { points, card: total - points };
}

/** The points that a slider asks for. Its last step may end short of what there is, and means all of it. */
export function slidTo(value: number, most: number, step: number): number {
  return step > 1 && most - value < step ? most : value;
}

/** What the gateway's form came back with. */
export type Return =
  | {
      readonly kind: "paid";
      readonly paymentKey: string;
      readonly paymentId: string;
      readonly points: number;
    }
  | { readonly kind: "not-paid"; readonly code: string }
  | { readonly kind: "unknown" };

const PAYMENT_ID = /^pay_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads the query that the gateway added. Anybody can have written it: the server checks what matters. */
export function readReturn(search: string): Return {
  const query = new URLSearchParams(search);
  const [paymentKey, paymentId] = [query.get("paymentKey"), query.get("orderId") ?? ""];
  const points = Number(query.get("points") ?? "0");
  if (paymentKey && PAYMENT_ID.test(paymentId) && Number.isSafeInteger(points) && points >= 0) {
    return { kind: "paid", paymentKey, paymentId, points };
  }
  const code = query.get("code");
  return code ? { kind: "not-paid", code } : { kind: "unknown" };
}

/** Where the gateway sends people back to. The points are part of the order, so that a reload repeats the same one. */
export function returnUrls(origin: string, reservationId: string, points: number) {
  const back = `${origin}/reservations/${reservationId}/paid`;
  return { successUrl: points > 0 ? `${back}?points=${points}` : back, failUrl: back };
}
