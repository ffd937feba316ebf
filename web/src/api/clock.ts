// Holds and openings are told in the server's time, and people's clocks are wrong by minutes.
let offset = 0;

/** The server's time as far as it is known, in milliseconds since 1970. */
export function serverNow(): number {
  return Date.now() + offset;
}

/** Learns from the `Date` of an answer that no cache can have kept for longer than a second. */
export function observeClock(date: string | null): void {
  const told = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(told)) return;
  // The header has whole seconds, and the answer was on its way for a moment: less than two seconds say nothing.
  const difference = told + 500 - Date.now();
  offset = Math.abs(difference) < 2000 ? 0 : difference;
}
