import { Problem, problemOf } from "../api/problem";
import { alone } from "./alone";
import { begin, currentSession, end, type NewSession, type Session } from "./session";

// A token that ends while a request is on its way would be refused.
const MARGIN_MS = 20_000;
// Other tabs wait meanwhile: a request that hangs must not hold them up for as long as the network likes.
const PATIENCE_MS = 15_000;

let running: Promise<Session> | null = null;

/** Whether the access token is good for the next request. */
export function isFresh(session: Session): boolean {
  if (session.status !== "signed-in") return false;
  const now = Date.now();
  // A clock that was put back says nothing about when the token ends.
  return now >= session.beganAt && session.endsAt - now > MARGIN_MS;
}

/**
 * Buys the next access token with the cookie. One tab at a time: a refresh token used twice revokes the whole session,
 * and the tab that waited finds the other's news and asks nothing.
 *
 * Throws a `Problem` when nothing could be learnt; the session is then as before.
 */
export function refresh(stale: Session = currentSession()): Promise<Session> {
  running ??= alone(async () => {
    const now = currentSession();
    if (now !== stale && (now.status === "anonymous" || isFresh(now))) return now;
    return ask();
  }).finally(() => {
    running = null;
  });
  return running;
}

/** The session for the next request: as it is, or renewed where it has run out. Inside `alone` only. */
export async function renewed(): Promise<Session> {
  const now = currentSession();
  return now.status === "anonymous" || isFresh(now) ? now : ask();
}

async function ask(): Promise<Session> {
  let answer: Response;
  try {
    answer = await fetch("/api/v1/auth/refresh", {
      method: "POST",
      headers: { "X-Session": "cookie" },
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    throw new Problem(0, "offline");
  }
  if (answer.ok) return begin(await sessionOf(answer));
  // Only the API itself ends a session: whatever stands in between may refuse as it likes.
  if (answer.status !== 401) throw await problemOf(answer);
  end("expired");
  return currentSession();
}

async function sessionOf(answer: Response): Promise<NewSession> {
  const news: unknown = await answer.json().catch(() => null);
  // The log-in page of a hotel's network answers 200 to everything.
  if (typeof news !== "object" || news === null || !("accessToken" in news)) {
    throw new Problem(0, "unexpected");
  }
  return news as NewSession;
}
