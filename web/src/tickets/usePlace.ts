import type { Reservation } from "../api/reservations";
import { useTranslation } from "../i18n/useTranslation";

type Seat = Pick<Reservation["seats"][number], "label" | "row">;

/** Says where a seat of a section is: `Row A · Seat 10`. Admissions without a place have a number. */
export function usePlace(): (seat: Seat) => string {
  const { t } = useTranslation();
  return ({ row, label }) =>
    row ? t("place.inRow", { row, seat: label }) : t("place.numbered", { seat: label });
}
