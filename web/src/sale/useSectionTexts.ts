import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { count, money } from "../format/money";
import type { SectionText } from "../seat-map/draw/backdrop";
import type { Hall } from "../seat-map/hall";

/** What the overview says on each section: its name, the price, and what is left. */
export function useSectionTexts(hall: Hall, free: readonly number[]): readonly SectionText[] {
  const { t } = useTranslation("sale");
  return useMemo(
    () =>
      hall.sections.map(({ name, priceClass }, index) => {
        const left = free[index] ?? 0;
        const price = hall.classes[priceClass];
        if (price === undefined) return { name, lines: [t("seats.state.none")], isOpen: false };
        return {
          name,
          lines: [
            money(price.price, price.currency),
            left === 0 ? t("seats.soldOut") : t("seats.left", { count: left, formatted: count(left) }),
          ],
          isOpen: left > 0,
        };
      }),
    [t, hall, free],
  );
}
