import { language } from "../i18n/i18n";

type Style = "day-time" | "day" | "time" | "short-day" | "month-day";

const STYLES: Record<Style, Intl.DateTimeFormatOptions> = {
  "day-time": {
    year: "numeric",
    // With the long one, Korean leaves out the brackets around the day of the week where a time follows.
    month: "short",
    day: "numeric",
    weekday: "short",
    hour: "numeric",
    minute: "2-digit",
  },
  day: { year: "numeric", month: "long", day: "numeric", weekday: "short" },
  time: { hour: "numeric", minute: "2-digit" },
  "short-day": { year: "numeric", month: "short", day: "numeric" },
  "month-day": { month: "short", day: "numeric", weekday: "short" },
};

/** A moment of the API, as the clock at the venue shows it. */
export function venueTime(moment: string, timeZone: string, style: Style = "day-time"): string {
  return written(moment, { ...STYLES[style], timeZone });
}

/** A moment as the clock at the venue shows it, with the zone's name where the reader's clock shows another time. */
export function venueMoment(moment: string, timeZone: string): string {
  const zone = foreignZone(moment, timeZone);
  return zone === null ? venueTime(moment, timeZone) : `${venueTime(moment, timeZone)} (${zone})`;
}

/** Two moments of the API, as the calendar at the venue has their days: `Dec 16 – 26, 2026`. */
export function venueDays(first: string, last: string, timeZone: string): string {
  const form = new Intl.DateTimeFormat(language(), { ...STYLES["short-day"], timeZone });
  return form.formatRange(new Date(first), new Date(last));
}

/** A moment of the API, as the reader's own clock shows it: for what happens to them and not at a venue. */
export function localTime(moment: string, style: Style = "day-time"): string {
  return written(moment, STYLES[style]);
}

// The hour stays in one line with its half of the day.
function written(moment: string, options: Intl.DateTimeFormatOptions): string {
  const text = new Intl.DateTimeFormat(language(), options).format(new Date(moment));
  return text.replace(/ (?=[AP]M$)|(?<=[AP]M|오[전후]) /, "\u00a0");
}

/** A calendar day of the API (`2026-12-24`), which has no zone. */
export function calendarDay(day: string, style: Style = "day"): string {
  return new Intl.DateTimeFormat(language(), { ...STYLES[style], timeZone: "UTC" }).format(new Date(day));
}

/** The name of a month (`2026-12`). */
export function monthName(month: string): string {
  const form = new Intl.DateTimeFormat(language(), { year: "numeric", month: "long", timeZone: "UTC" });
  return form.format(new Date(`${month}-01`));
}

/** The days of the week from Sunday on. */
export function weekdayNames(): { short: string; long: string }[] {
  const name = (weekday: "short" | "long", day: number) =>
    // The fourth of January 1970 was a Sunday.
    new Intl.DateTimeFormat(language(), { weekday, timeZone: "UTC" }).format(Date.UTC(1970, 0, 4 + day));
  return Array.from({ length: 7 }, (_, day) => ({ short: name("short", day), long: name("long", day) }));
}

/** The name of a zone where it is not the reader's own, to be shown beside a time: `GMT+9`; otherwise `null`. */
export function foreignZone(moment: string, timeZone: string): string | null {
  const here = offset(moment, Intl.DateTimeFormat().resolvedOptions().timeZone);
  const there = offset(moment, timeZone);
  return here === there ? null : there;
}

/** What a countdown shows: `4:09`; `0:00` once it is over. */
export function remaining(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes < 60) return `${minutes}:${String(rest).padStart(2, "0")}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
}

/** A wait as one says it: `about 3 min`, `약 3분`. */
export function duration(seconds: number): string {
  const unit = seconds < 90 ? "second" : seconds < 5400 ? "minute" : seconds < 2 * 86_400 ? "hour" : "day";
  const value = Math.max(1, Math.round(seconds / { second: 1, minute: 60, hour: 3600, day: 86_400 }[unit]));
  return new Intl.NumberFormat(language(), { style: "unit", unit, unitDisplay: "long" }).format(value);
}

function offset(moment: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "shortOffset" }).formatToParts(
    new Date(moment),
  );
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}
