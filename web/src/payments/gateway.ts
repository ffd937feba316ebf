import { readConfig } from "../config/config";
import { language } from "../i18n/i18n";
import { openToss } from "./toss";
import { openVirtual } from "./virtual";

/** What a card is to be charged for. */
export interface CardPayment {
  readonly kind: "reservation" | "points";
  /** The id of the payment or of the purchase of points: the gateway knows it by this. */
  readonly orderId: string;
  /** In the currency's minor unit. */
  readonly amount: number;
  readonly currency: string;
  /** What the gateway's form calls it. */
  readonly orderName: string;
  readonly customerName: string;
  /** Where the gateway sends the person afterwards, with `paymentKey`, `orderId` and `amount` added to the query. */
  readonly successUrl: string;
  /** Where it sends the person instead, with `code`, `message` and mostly `orderId` added. */
  readonly failUrl: string;
}

/** The person closed the gateway's form; nothing was charged. */
export class PaymentClosed extends Error {
  override readonly name = "PaymentClosed";
}

/**
 * Opens the gateway's own form, where the card's number is typed: it never comes near these pages. The person leaves the
 * page, so the promise settles only when that failed: with `PaymentClosed`, or with why the gateway cannot be reached.
 */
export async function openPayment(payment: CardPayment): Promise<never> {
  const { gateway } = await readConfig();
  if (gateway.kind === "virtual") return openVirtual(gateway.url, payment, language());
  return openToss(gateway.clientKey, payment);
}

const ORDER_NAME_LENGTH = 100;

/** A name for what is bought that the gateway accepts: at most 100 characters. */
export function orderName(title: string, tickets: number): string {
  const suffix = tickets > 1 ? ` × ${tickets}` : "";
  const characters = [...title];
  const room = ORDER_NAME_LENGTH - suffix.length;
  const short = characters.length > room ? `${characters.slice(0, room - 1).join("")}…` : title;
  return short + suffix;
}
