import type { CardPayment } from "./gateway";

/** The address of the local gateway's form. */
export function virtualForm(url: string, payment: CardPayment, locale: string): URL {
  const form = new URL(url);
  const { orderId, amount, currency, orderName, customerName, successUrl, failUrl } = payment;
  const fields = {
    orderId,
    amount: String(amount),
    currency,
    orderName,
    customerName,
    successUrl,
    failUrl,
    locale,
  };
  for (const [name, value] of Object.entries(fields)) form.searchParams.set(name, value);
  return form;
}

/** Goes to the local gateway's form. */
export function openVirtual(url: string, payment: CardPayment, locale: string): Promise<never> {
  location.assign(virtualForm(url, payment, locale));
  // The page is on its way out.
  return new Promise(() => undefined);
}
