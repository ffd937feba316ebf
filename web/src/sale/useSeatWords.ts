import { useCallback } from "react";
import { serverNow } from "../api/clock";
import { money } from "../format/money";
import { remaining } from "../format/time";
import { useTranslation } from "../i18n/useTranslation";
import { FREE, HELD, SOLD } from "../seat-map/availability";
import { at } from "../seat-map/hall";
import type { LiveSeats } from "../seat-map/live-seats";

export interface SeatWords {
  /** Where a seat is: `Stalls, row A, seat 10`. */
  name: (seat: number) => string;
  /** Everything about it: where it is, what it costs and whether one can have it; on demand without the time that runs. */
  describe: (seat: number, isTimeless?: boolean) => string;
}

/** Seats in words, the same ones on the map, in the list and in the cart. */
export function useSeatWords(live: LiveSeats, chosen: readonly number[], own: readonly number[]): SeatWords {
  const { t } = useTranslation("sale");
  const { hall, states, others, heldUntil } = live;

  const name = useCallback(
    (seat: number) => {
      const section = hall.sections[at(hall.section, seat)]?.name ?? "";
      const row = hall.rows[at(hall.row, seat)]?.name ?? "";
      return t("seats.seat", { section, row, seat: hall.labels[seat] ?? "" });
    },
    [t, hall],
  );

  const describe = useCallback(
    (seat: number, isTimeless = false) => {
      const words = [name(seat)];
      if (hall.accessible[seat] === 1) words.push(t("seats.accessible"));
      const priceClass = hall.classes[hall.priceClassOf(seat)];
      if (priceClass) words.push(`${priceClass.name} ${money(priceClass.price, priceClass.currency)}`);
      const until = heldUntil.get(seat);
      if (chosen.includes(seat)) words.push(t("seats.state.chosen"));
      else if (own.includes(seat)) words.push(t("seats.state.own"));
      else if (!priceClass) words.push(t("seats.state.none"));
      else if (states[seat] === FREE)
        words.push(t(others.has(seat) ? "seats.state.watched" : "seats.state.free"));
      else if (states[seat] === SOLD) words.push(t("seats.state.sold"));
      else if (states[seat] !== HELD) words.push(t("seats.state.none"));
      else if (until === undefined || isTimeless) words.push(t("seats.state.held"));
      else words.push(t("seats.state.heldUntil", { time: remaining(until - serverNow()) }));
      return words.join(", ");
    },
    [t, name, hall, states, others, heldUntil, chosen, own],
  );
  return { name, describe };
}
