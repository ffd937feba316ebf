import { api, body } from "../api/client";
import { safeNext } from "./next";

/** What has to be remembered while the browser is at Google. */
export interface Departure {
  readonly state: string;
  readonly codeVerifier: string;
  readonly redirectUri: string;
  /** Where to go on afterwards. */
  readonly next: string;
}

/** How the browser came back: with a code to log in with, or with what went wrong. */
export type Arrival =
  | {
      readonly kind: "code";
      readonly arrival: { code: string; state: string; codeVerifier: string; redirectUri: string };
    }
  | { readonly kind: "denied" | "failed" | "unknown" };

// In this tab alone, and gone with it.
const DEPARTURE = "jari.google";

/** Goes to Google. Settles only when that failed. */
export async function leaveForGoogle(next: string): Promise<void> {
  const { authorizationUrl, state, codeVerifier, redirectUri } = body(await api.GET("/auth/google"));
  const departure: Departure = { state, codeVerifier, redirectUri, next };
  sessionStorage.setItem(DEPARTURE, JSON.stringify(departure));
  location.assign(authorizationUrl);
}

/** What was remembered at the departure. */
export function departure(): Departure | null {
  try {
    return JSON.parse(sessionStorage.getItem(DEPARTURE) ?? "null") as Departure | null;
  } catch {
    return null;
  }
}

/** Forgets the departure: a code is good once. */
export function forgetDeparture(): void {
  sessionStorage.removeItem(DEPARTURE);
}

/** Reads the address that the browser came back to. A state that is not ours is somebody else's code. */
export function readArrival(query: URLSearchParams, departed: Departure | null): Arrival {
  const [code, state, error] = [query.get("code"), query.get("state"), query.get("error")];
  if (error === "access_denied") return { kind: "denied" };
  if (error !== null) return { kind: "failed" };
  if (code === null || state === null || departed === null || departed.state !== state) {
    return { kind: "unknown" };
  }
  const { codeVerifier, redirectUri } = departed;
  return { kind: "code", arrival: { code, state, codeVerifier, redirectUri } };
}

/** Where to go on to after coming back. */
export function nextOf(departed: Departure | null): string {
  return safeNext(departed?.next ?? null);
}
