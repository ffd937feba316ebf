/** The amounts that most people buy. */
export const QUICK = [5_000, 10_000, 30_000, 50_000] as const;

/** The most points of one purchase. */
export const MOST = 10_000_000;

/** The number that somebody typed (`10,000`, `１００００`); `NaN` for what is none. */
export function amountOf(text: string): number {
  const plain = text.normalize("NFKC").replace(/[,\s]/g, "");
  return /^\d+$/.test(plain) ? Number(plain) : Number.NaN;
}

/** Whether so many points can be bought at once. */
export function isAmount(amount: number): boolean {
  return Number.isInteger(amount) && amount >= 1 && amount <= MOST;
}
