import { useLayoutEffect, useState } from "react";
import type { Hall } from "../seat-map/hall";
import { offerAfter } from "./offer";

/** What to choose instead of lost seats. It is read out, and so it stays the same as long as it can. */
export function useOffer(
  hall: Hall,
  states: Uint8Array,
  wanted: readonly number[],
  lost: readonly number[],
): readonly number[] | null {
  const [offer, setOffer] = useState<readonly number[] | null>(null);
  useLayoutEffect(() => {
    setOffer((known) => offerAfter(known, hall, states, wanted, lost));
  }, [hall, states, wanted, lost]);
  return offer;
}
