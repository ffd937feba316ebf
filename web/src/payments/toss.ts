import { type CardPayment, PaymentClosed } from "./gateway";

const SDK = "https://js.tosspayments.com/v2/standard";

// The part of Toss Payments' SDK that is used here.
interface TossPayments {
  (
    clientKey: string,
  ): {
    payment(customer: { customerKey: string }): { requestPayment(order: TossOrder): Promise<void> };
  };
  readonly ANONYMOUS: string;
}

interface TossOrder {
  readonly method: "CARD";
  readonly amount: { readonly currency: string; readonly value: number };
  readonly orderId: string;
  readonly orderName: string;
  readonly customerName: string;
  readonly successUrl: string;
  readonly failUrl: string;
  readonly card: { readonly flowMode: "DEFAULT" };
}

declare global {
  interface Window {
    TossPayments?: TossPayments;
  }
}

/** Opens Toss Payments' own window over the page; the person comes back through `successUrl` or `failUrl`. */
export async function openToss(clientKey: string, payment: CardPayment): Promise<never> {
  const sdk = await loadSdk();
  try {
    await sdk(clientKey).payment({ customerKey: sdk.ANONYMOUS }).requestPayment(tossOrder(payment));
  } catch (error) {
    if (isClosing(error)) throw new PaymentClosed();
    throw error;
  }
  return new Promise(() => undefined);
}

/** What Toss is asked for. It counts in the currency's major unit, and only takes won and dollars. */
export function tossOrder({ orderId, amount, currency, orderName, ...payment }: CardPayment): TossOrder {
  const digits = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
  return {
    method: "CARD",
    amount: { currency, value: amount / 10 ** (digits.maximumFractionDigits ?? 0) },
    orderId,
    orderName,
    customerName: payment.customerName,
    successUrl: payment.successUrl,
    failUrl: payment.failUrl,
    card: { flowMode: "DEFAULT" },
  };
}

let loading: Promise<TossPayments> | undefined;

// The SDK has to come from Toss, at the moment somebody pays and not before.
function loadSdk(): Promise<TossPayments> {
  loading ??= new Promise<TossPayments>((resolve, reject) => {
    const script = document.createElement("script");
    script.src = SDK;
    script.onload = () =>
      window.TossPayments
        ? resolve(window.TossPayments)
        : reject(new TypeError("No TossPayments in its SDK"));
    script.onerror = () => reject(new TypeError("Toss Payments' SDK does not load"));
    document.head.append(script);
  }).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

function isClosing(error: unknown): boolean {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return code === "USER_CANCEL" || code === "PAY_PROCESS_CANCELED";
}
