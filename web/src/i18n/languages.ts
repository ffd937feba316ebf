import type { Texts } from "./en";

/** The languages of the pages, the first of them for everybody whose own is neither. */
export const LANGUAGES = ["en", "ko"] as const;
export type Language = (typeof LANGUAGES)[number];

const FILES: Record<Language, () => Promise<{ default: Texts }>> = {
  en: () => import("./en"),
  ko: () => import("./ko"),
};

const CHOSEN = "jari.language";

/** Loads the texts of one language; the others are not loaded. */
export async function textsOf(language: Language): Promise<Texts> {
  return (await FILES[language]()).default;
}

/** The language somebody chose here, or the first of the browser's that we speak. */
export function preferredLanguage(): Language {
  const wanted = [chosen(), ...navigator.languages].map((tag) => tag?.slice(0, 2).toLowerCase());
  return wanted.find(isLanguage) ?? "en";
}

/** Prefers a language from now on. */
export function prefer(language: Language): void {
  try {
    localStorage.setItem(CHOSEN, language);
  } catch {
    // Storage is forbidden here: the choice holds for this visit.
  }
}

export function isLanguage(tag: string | undefined): tag is Language {
  return (LANGUAGES as readonly (string | undefined)[]).includes(tag);
}

function chosen(): string | undefined {
  try {
    return localStorage.getItem(CHOSEN) ?? undefined;
  } catch {
    return undefined;
  }
}
