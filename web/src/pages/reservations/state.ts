import type { Reservation } from "../../api/reservations";
import type { BadgeKind } from "../../ui/Badge";

/**
 * Where a reservation stands, for the person who made it:
 * held until paid (`toPay`), with a payment under way (`paying`), held no longer (`expired`), paid (`confirmed`) and its
 * performance begun (`past`), or given up: with nothing paid (`released`), with money on its way back (`refunding`) or
 * there (`refunded`, `partlyRefunded`).
 */
export type State =
  | "toPay"
  | "paying"
  | "expired"
  | "confirmed"
  | "past"
  | "released"
  | "refunding"
  | "refunded"
  | "partlyRefunded";

type Facts = Pick<Reservation, "status" | "paymentStatus" | "expiresAt"> & {
  readonly performance: Pick<Reservation["performance"], "startsAt">;
};

/** The state at a moment of the server's clock. */
export function stateOf(reservation: Facts, now: number): State {
  const { status, paymentStatus, expiresAt, performance } = reservation;
  switch (status) {
    case "PENDING":
      if (paymentStatus === "PROCESSING" || paymentStatus === "SUCCESS") return "paying";
      return expiresAt !== null && Date.parse(expiresAt) <= now ? "expired" : "toPay";
    case "CONFIRMED":
      return Date.parse(performance.startsAt) <= now ? "past" : "confirmed";
    case "CANCELLED":
    case "EXPIRED":
      return endedState(status, paymentStatus);
  }
}

// A payment may outlast the hold: the bank's answer confirms the reservation after all, or is paid back.
function endedState(status: "CANCELLED" | "EXPIRED", paymentStatus: Reservation["paymentStatus"]): State {
  if (paymentStatus === "PROCESSING") return "paying";
  if (paymentStatus === "REFUNDED") return "refunded";
  if (paymentStatus === "PARTIALLY_REFUNDED") return "partlyRefunded";
  if (paymentStatus === "SUCCESS") return "refunding";
  return status === "CANCELLED" ? "released" : "expired";
}

/** Whether it will change by itself within moments, so that the page should look again. */
export function isMoving(state: State): boolean {
  return state === "paying" || state === "refunding";
}

export const BADGES: Readonly<Record<State, BadgeKind>> = {
  toPay: "warn",
  paying: "info",
  expired: "quiet",
  confirmed: "good",
  past: "quiet",
  released: "quiet",
  refunding: "info",
  refunded: "quiet",
  partlyRefunded: "quiet",
};
