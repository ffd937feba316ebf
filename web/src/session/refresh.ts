import { Problem, problemOf } from "../api/problem";
import { begin, currentSession, end, type NewSession, type Session } from "./session";

// A token that ends while a request is on its way would be refused.
const MARGIN_MS = 20_000;

let running: Promise<Session> | null = null;

/** Whether the access token is good for the next request. */
export function isFresh(session: Session): boolean {
  return session.status === "signed-in" && session.endsAt - Date.now() > MARGIN_MS;
}

/**
 * Buys the next access token with the cookie. One tab at a time: a refresh token used twice revokes the whole session,
 * and the tab that waited finds the other's news and asks nothing.
 *
 * Throws a transient `Problem` when nothing could be learnt; the session is then as before.
 */
export function refresh(stale: Session = currentSession()): Promise<Session> {
  running ??= alone(async () => {
    const now = currentSession();
    if (now !== stale && isFresh(now)) return now;
    return ask();
  }).finally(() => {
    running = null;
  });
  return running;
}

async function ask(): Promise<Session> {
  let answer: Response;
  try {
    answer = await fetch("/api/v1/auth/refresh", {
      method: "POST",
      headers: { "X-Session": "cookie" },
      credentials: "same-origin",
    });
  } catch {
    throw new Problem(0, "offline");
  }
  if (answer.ok) return begin((await answer.json()) as NewSession);
  const problem = await problemOf(answer);
  if (problem.isTransient) throw problem;
  end("expired");
  return currentSession();
}

async function alone<T>(work: () => Promise<T>): Promise<T> {
  return "locks" in navigator ? await navigator.locks.request("jari.refresh", work) : work();
}
