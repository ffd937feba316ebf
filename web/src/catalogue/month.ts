/** A calendar day as the API writes it: `2026-12-24`. */
export type Day = string;

/** A month as the beginning of a day: `2026-12`. */
export type Month = string;

/** The day of a moment, as the calendar at a place has it. */
export function dayAt(moment: string, timeZone: string): Day {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(new Date(moment));
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** The month of a day. */
export function monthOf(day: Day): Month {
  return day.slice(0, 7);
}

/** The weeks of a month, each from Sunday, with `null` where the month has no day. */
export function weeksOf(month: Month): (Day | null)[][] {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const length = new Date(Date.UTC(year, number, 0)).getUTCDate();
  const before = new Date(Date.UTC(year, number - 1, 1)).getUTCDay();
  const cells: (Day | null)[] = Array.from({ length: before }, () => null);
  for (let day = 1; day <= length; day += 1) cells.push(`${month}-${String(day).padStart(2, "0")}`);
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}
