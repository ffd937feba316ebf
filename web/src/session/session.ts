import type { components } from "../api/schema";

export type User = components["schemas"]["User"];

/**
 * Why nobody is logged in: never was, left here or in another tab (`elsewhere`), or the session ran out.
 */
export type Absence = "never" | "signed-out" | "elsewhere" | "expired";

/**
 * Who uses this tab. The access token lives in this module's memory alone; the refresh token is in an HttpOnly cookie
 * that no script can read (docs/decisions/0018).
 */
export type Session =
  | { readonly status: "restoring" }
  | { readonly status: "anonymous"; readonly because: Absence }
  | {
      readonly status: "signed-in";
      readonly user: User;
      readonly accessToken: string;
      readonly beganAt: number;
      readonly endsAt: number;
    };

/** What the API answers to logging in. */
export interface NewSession {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly user: User;
}

/** Told to other tabs of this browser, so that they never work on with a session that has ended. */
type Word =
  | { readonly kind: "signed-in"; readonly session: Session }
  | { readonly kind: "ended"; readonly because: Absence }
  | { readonly kind: "user"; readonly user: User };

// Spares everybody who never logged in a refusal at each visit. It says nothing about who it is.
const HINT = "jari.session";
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("jari.session");
const listeners = new Set<() => void>();

let session: Session = hasHint() ? { status: "restoring" } : { status: "anonymous", because: "never" };

channel?.addEventListener("message", ({ data }: MessageEvent<Word>) => {
  if (data.kind === "signed-in") {
    // The news of a renewal may come after the log-out that followed it.
    if (hasHint()) set(data.session);
  } else if (data.kind === "user") replaceUser(data.user);
  else if (session.status === "signed-in") {
    set({ status: "anonymous", because: data.because === "expired" ? "expired" : "elsewhere" });
  }
});

/** The session as it is now. */
export function currentSession(): Session {
  return session;
}

/** Calls back at every change; the answer ends that. */
export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Begins a session, in every tab. */
export function begin(news: NewSession): Session {
  const now = Date.now();
  const begun: Session = {
    status: "signed-in",
    user: news.user,
    accessToken: news.accessToken,
    beganAt: now,
    endsAt: now + news.expiresIn * 1000,
  };
  remember(true);
  set(begun);
  tell({ kind: "signed-in", session: begun });
  return begun;
}

/** Ends the session: in every tab when somebody logged out or the refresh token is spent. */
export function end(because: "signed-out" | "expired"): void {
  remember(false);
  if (session.status === "anonymous") return;
  const wasRestoring = session.status === "restoring";
  set({ status: "anonymous", because: wasRestoring ? "never" : because });
  tell({ kind: "ended", because });
}

/** Puts a changed profile into the session, in every tab. */
export function updateUser(user: User): void {
  replaceUser(user);
  tell({ kind: "user", user });
}

/** Whether a session may be waiting in the cookie. */
export function hasHint(): boolean {
  try {
    return localStorage.getItem(HINT) !== null;
  } catch {
    // Storage is forbidden here: then every visit begins by asking.
    return true;
  }
}

function replaceUser(user: User): void {
  if (session.status === "signed-in" && session.user.id === user.id) set({ ...session, user });
}

function remember(isSignedIn: boolean): void {
  try {
    if (isSignedIn) localStorage.setItem(HINT, "1");
    else localStorage.removeItem(HINT);
  } catch {
    // See hasHint.
  }
}

function tell(word: Word): void {
  channel?.postMessage(word);
}

function set(next: Session): void {
  session = next;
  for (const listener of listeners) listener();
}
