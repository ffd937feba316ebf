import { language } from "../i18n/i18n";

type Style = "day-time" | "day" | "time" | "short-day" | "month-day";

const STYLES: Record<Style, Intl.DateTimeFormatOptions> = {
  "day-time": {
    year: "numeric",
    month: "long",
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
  return new Intl.DateTimeFormat(language(), { ...STYLES[style], timeZone }).format(new Date(moment));
}

/** A moment of the API, as the reader's own clock shows it: for what happens to them and not at a venue. */
export function localTime(moment: string, style: Style = "day-time"): string {
  return new Intl.DateTimeFormat(language(), STYLES[style]).format(new Date(moment));
}

/** A calendar day of the API (`2026-12-24`), which has no zone. */
export function calendarDay(day: string, style: Style = "day"): string {
  return new Intl.DateTimeFormat(language(), { ...STYLES[style], timeZone: "UTC" }).format(new Date(day));
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
  const unit = seconds < 90 ? "second" : seconds < 5400 ? "minute" : "hour";
  const value = Math.max(1, Math.round(seconds / { second: 1, minute: 60, hour: 3600 }[unit]));
  return new Intl.NumberFormat(language(), { style: "unit", unit, unitDisplay: "long" }).format(value);
}

function offset(moment: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "shortOffset" }).formatToParts(
    new Date(moment),
  );
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}
