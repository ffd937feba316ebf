import { amountOf, isAmount } from "./amount";

/** How somebody came back from the gateway's form. */
export type GatewayReturn =
  | {
      readonly kind: "approved";
      readonly order: { readonly chargeId: string; readonly paymentKey: string; readonly amount: number };
    }
  | { readonly kind: "failed"; readonly reason: "closed" | "declined" | "other" }
  | { readonly kind: "nothing" };

// The gateway's message is not shown: anybody can write a link with one.
const REASONS: Readonly<Record<string, "closed" | "declined">> = {
  PAY_PROCESS_CANCELED: "closed",
  USER_CANCEL: "closed",
  REJECT_CARD_COMPANY: "declined",
};

/** Reads the query that the gateway sent somebody back with. */
export function readReturn(query: URLSearchParams): GatewayReturn {
  const code = query.get("code");
  if (code !== null) return { kind: "failed", reason: REASONS[code] ?? "other" };
  const [paymentKey, chargeId] = [query.get("paymentKey"), query.get("orderId")];
  const amount = amountOf(query.get("amount") ?? "");
  if (!paymentKey || !chargeId || !isAmount(amount)) return { kind: "nothing" };
  return { kind: "approved", order: { chargeId, paymentKey, amount } };
}
