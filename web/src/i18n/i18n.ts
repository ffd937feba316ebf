import i18next from "i18next";
import { isLanguage, type Language, prefer, preferredLanguage, textsOf } from "./languages";

/** Starts in the preferred language. */
export async function startTexts(): Promise<void> {
  const language = preferredLanguage();
  await i18next.init({
    lng: language,
    resources: { [language]: await textsOf(language) },
    defaultNS: "common",
    // React escapes already.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

/** Changes the language, now and at the next visit. */
export async function speak(language: Language): Promise<void> {
  for (const [namespace, entries] of Object.entries(await textsOf(language)))
    i18next.addResourceBundle(language, namespace, entries);
  document.documentElement.lang = language;
  prefer(language);
  await i18next.changeLanguage(language);
}

/** The language in use, for numbers and dates. */
export function language(): Language {
  return isLanguage(i18next.language) ? i18next.language : "en";
}
