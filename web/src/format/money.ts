import { language } from "../i18n/i18n";

/**
 * Money as people write it: `₩45,000`, `45,000원`. Amounts are integers in the currency's minor unit, as everywhere in
 * the API.
 */
export function money(amount: number, currency: string): string {
  const locale = language();
  if (currency === "KRW" && locale === "ko") return `${new Intl.NumberFormat("ko").format(amount)}원`;
  const form = new Intl.NumberFormat(locale, { style: "currency", currency });
  const digits = form.resolvedOptions().maximumFractionDigits ?? 0;
  return form.format(amount / 10 ** digits);
}

/** Points: `1,200 P`. One point is one won. */
export function points(amount: number): string {
  return `${new Intl.NumberFormat(language()).format(amount)} P`;
}

/** A count: `12,000`. */
export function count(value: number): string {
  return new Intl.NumberFormat(language()).format(value);
}
