import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { Texts } from "./en";

/** The languages of the pages, the first of them for everybody whose own is neither. */
export const LANGUAGES = ["en", "ko"] as const;
export type Language = (typeof LANGUAGES)[number];

// Only the language in use is loaded.
const texts: Record<Language, () => Promise<{ default: Texts }>> = {
  en: () => import("./en"),
  ko: () => import("./ko"),
};

const CHOSEN = "jari.language";

/** The language somebody chose here, or the first of the browser's that we speak. */
export function preferredLanguage(): Language {
  const wanted = [chosen(), ...navigator.languages].map((tag) => tag?.slice(0, 2).toLowerCase());
  return wanted.find(isLanguage) ?? "en";
}

/** Starts in the preferred language. */
export async function startTexts(): Promise<void> {
  const language = preferredLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: (await texts[language]()).default },
    defaultNS: "common",
    // React escapes already.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

/** Changes the language, now and at the next visit. */
export async function speak(language: Language): Promise<void> {
  const { default: bundle } = await texts[language]();
  for (const [namespace, entries] of Object.entries(bundle))
    i18next.addResourceBundle(language, namespace, entries);
  document.documentElement.lang = language;
  try {
    localStorage.setItem(CHOSEN, language);
  } catch {
    // Storage is forbidden here: the choice holds for this visit.
  }
  await i18next.changeLanguage(language);
}

/** The language in use, for numbers and dates. */
export function language(): Language {
  return isLanguage(i18next.language) ? i18next.language : "en";
}

function chosen(): string | undefined {
  try {
    return localStorage.getItem(CHOSEN) ?? undefined;
  } catch {
    return undefined;
  }
}

function isLanguage(tag: string | undefined): tag is Language {
  return (LANGUAGES as readonly (string | undefined)[]).includes(tag);
}
