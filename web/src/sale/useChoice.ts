import { useEffect, useRef, useState } from "react";
import { FREE } from "../seat-map/availability";
import { mostSeats, recallChoice, rememberChoice, sift, toggle } from "../seat-map/choice";
import type { LiveSeats } from "../seat-map/live-seats";

export interface Choice {
  readonly seats: readonly number[];
  /** Seats that were chosen until somebody else got them. */
  readonly gone: readonly number[];
  /** How many may be chosen, and whether somebody wanted more. */
  readonly most: number;
  readonly isFull: boolean;
  toggle(seat: number): void;
  replace(seats: readonly number[]): void;
  clear(): void;
}

/** The seats somebody chose in this tab. Nothing is held for them yet: what others get meanwhile drops out. */
export function useChoice(
  performanceId: string,
  live: LiveSeats | null,
  buyerLimit: number,
  isAsking: boolean,
  [seats, setSeats]: readonly [readonly number[], (seats: readonly number[]) => void],
): Choice {
  const [gone, setGone] = useState<readonly number[]>([]);
  const [isFull, setFull] = useState(false);
  const isRecalled = useRef(false);
  const most = mostSeats(buyerLimit);
  const states = live?.isKnown ? live.states : null;

  useEffect(() => {
    if (!live || !states) return;
    let chosen = seats;
    if (!isRecalled.current) {
      isRecalled.current = true;
      const kept = recallChoice(performanceId).map((id) => live.hall.indexOf(id));
      chosen = kept.filter((seat) => seat !== undefined).slice(0, most);
    }
    // While they are asked for, it is oneself who gets them.
    const { kept, gone: lost } = isAsking ? { kept: chosen, gone: [] } : sift(chosen, states);
    if (lost.length > 0) setGone(lost);
    if (kept !== seats) setSeats(kept);
  }, [live, states, seats, setSeats, isAsking, performanceId, most]);

  useEffect(() => {
    if (live && isRecalled.current) {
      rememberChoice(
        performanceId,
        seats.map((seat) => live.hall.ids[seat] ?? ""),
      );
    }
  }, [live, seats, performanceId]);

  return {
    seats,
    gone,
    most,
    isFull,
    toggle(seat) {
      if (!live || (live.states[seat] !== FREE && !seats.includes(seat)) || live.hall.priceClassOf(seat) < 0)
        return;
      const next = toggle(seats, seat, most);
      setFull(next === seats);
      setGone([]);
      setSeats(next);
    },
    replace(next) {
      setFull(false);
      setGone([]);
      setSeats(next);
    },
    clear() {
      setGone([]);
      setSeats([]);
      rememberChoice(performanceId, []);
    },
  };
}
