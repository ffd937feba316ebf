import i18next, { type FlatNamespace, type Namespace, type TFunction } from "i18next";
import { useMemo, useSyncExternalStore } from "react";

/** The texts of one part, or of several with the first as the one of keys that name none, in the language in use. */
export function useTranslation<Parts extends Namespace = "common">(
  parts?: Parts,
): { t: TFunction<Parts>; language: string } {
  const language = useSyncExternalStore(onLanguage, () => i18next.language);
  // Callers write a list anew for each rendering.
  const named = String(parts ?? "common");
  const t = useMemo(
    () => i18next.getFixedT(language, named.split(",") as FlatNamespace[]) as unknown as TFunction<Parts>,
    [language, named],
  );
  return { t, language };
}

function onLanguage(listener: () => void): () => void {
  i18next.on("languageChanged", listener);
  return () => i18next.off("languageChanged", listener);
}
