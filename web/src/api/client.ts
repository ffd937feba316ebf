import createClient, { type Middleware } from "openapi-fetch";
import { isFresh, refresh } from "../session/refresh";
import { currentSession, end, type Session } from "../session/session";
import { observeClock } from "./clock";
import { Problem, problemOf } from "./problem";
import type { paths } from "./schema";

/**
 * The API, typed by its contract. Every call answers with data or throws a `Problem`; the access token is put in and
 * renewed on the way.
 */
export const api = createClient<paths>({ baseUrl: "/api/v1", fetch: send });

api.use({
  onRequest({ request }) {
    request.headers.set("Accept-Language", document.documentElement.lang);
    return request;
  },
  async onResponse({ request, response }) {
    if (!isPublic(request)) observeClock(response.headers.get("Date"));
    if (!response.ok && response.status !== 304) throw await problemOf(response);
    return response;
  },
} satisfies Middleware);

/** The data of an answer that had to have some. */
export function body<T>(answer: { data?: T }): T {
  if (answer.data === undefined) throw new Problem(0, "unexpected");
  return answer.data;
}

async function send(request: Request): Promise<Response> {
  if (isPublic(request) || isEntrance(request)) return fetchWith(null, request);
  const session = await usable();
  const answer = await fetchWith(tokenOf(session), request.clone());
  if (answer.status !== 401 || session.status !== "signed-in") return answer;
  // The token was good by our clock and not by theirs.
  const renewed = tokenOf(await refresh(session));
  if (renewed === null) return answer;
  const second = await fetchWith(renewed, request);
  if (second.status === 401) end("expired");
  return second;
}

// What everybody may read is asked for without a token: the answer can come from a cache at the edge, and nobody waits
// for a session to be restored.
const PUBLIC =
  /\/api\/v1\/(events|announcements|tickets|seats\/(layouts|events)|queue\/status|health)(\/|\?|$)/;

function isPublic(request: Request): boolean {
  return request.method === "GET" && PUBLIC.test(request.url);
}

// Who logs in has no session, or wants another.
function isEntrance(request: Request): boolean {
  return /\/api\/v1\/auth\/(login|register|google)$/.test(new URL(request.url).pathname);
}

async function usable(): Promise<Session> {
  const session = currentSession();
  if (session.status === "anonymous" || isFresh(session)) return session;
  return refresh(session);
}

function tokenOf(session: Session): string | null {
  return session.status === "signed-in" ? session.accessToken : null;
}

async function fetchWith(token: string | null, request: Request): Promise<Response> {
  if (token !== null) request.headers.set("Authorization", `Bearer ${token}`);
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new Problem(0, "offline");
  }
}
