import { readConfig } from "../config/config";
import { isFresh, refresh } from "../session/refresh";
import { currentSession, onSessionChange } from "../session/session";
import type { ClientMessage, ServerMessage } from "./messages";

/** Whether news come over the WebSocket now. While they do not, pages ask the API instead. */
export type Connection = "live" | "lost";

export interface Listener {
  /** Said on every connection as soon as it stands, again after a loss: the rooms to be in. */
  readonly join?: () => ClientMessage | null;
  /** Said when nobody listens any more. */
  readonly leave?: ClientMessage;
  onMessage(message: ServerMessage): void;
  /** Also called once at the beginning. */
  onConnection?(connection: Connection): void;
}

const PING_MS = 4 * 60_000;
// A network that goes away ends no connection: who does not answer a ping for so long is not there.
const PATIENCE_MS = 10_000;
const LONGEST_PAUSE_MS = 30_000;
// A page that is left for another which listens too keeps the connection.
const LINGER_MS = 2_000;

const listeners = new Set<Listener>();
let socket: WebSocket | null = null;
let isOpening = false;
let losses = 0;
let owner: string | null = null;
let retry: ReturnType<typeof setTimeout> | undefined;
let silence: ReturnType<typeof setTimeout> | undefined;
let closing: ReturnType<typeof setTimeout> | undefined;

/** Listens until the answer is called. All listeners of a tab share one connection. */
export function listen(listener: Listener): () => void {
  clearTimeout(closing);
  listeners.add(listener);
  listener.onConnection?.(isLive() ? "live" : "lost");
  if (isLive()) say(listener.join?.() ?? null);
  else void open();
  return () => {
    listeners.delete(listener);
    if (isLive()) say(listener.leave ?? null);
    if (listeners.size === 0) closing = setTimeout(close, LINGER_MS);
  };
}

/** Says something now, or nothing when the connection is lost: what matters is said by `join` again. */
export function say(message: ClientMessage | null): void {
  if (message !== null && isLive()) socket?.send(JSON.stringify(message));
}

function isLive(): boolean {
  return socket?.readyState === WebSocket.OPEN;
}

async function open(): Promise<void> {
  if (isOpening || socket !== null || listeners.size === 0) return;
  isOpening = true;
  clearTimeout(retry);
  try {
    connect(await address());
  } catch {
    again();
  } finally {
    isOpening = false;
  }
}

async function address(): Promise<URL> {
  const url = new URL((await readConfig()).webSocketUrl, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  let session = currentSession();
  if (session.status !== "anonymous" && !isFresh(session)) session = await refresh(session);
  owner = session.status === "signed-in" ? session.user.id : null;
  // A browser cannot send a header with the handshake; the address of it is kept in no history.
  if (session.status === "signed-in") url.searchParams.set("token", session.accessToken);
  return url;
}

function connect(url: URL): void {
  const opened = new WebSocket(url);
  socket = opened;
  let pinging: ReturnType<typeof setInterval> | undefined;
  opened.addEventListener("open", () => {
    losses = 0;
    pinging = setInterval(ping, PING_MS);
    tell("live");
    for (const listener of listeners) say(listener.join?.() ?? null);
  });
  opened.addEventListener("message", ({ data }) => {
    hear();
    const message = parse(data);
    if (message !== null) for (const listener of [...listeners]) listener.onMessage(message);
  });
  opened.addEventListener("close", () => {
    clearInterval(pinging);
    if (socket === opened) lose();
  });
}

// Sees whether anybody is there still.
function ping(): void {
  if (!isLive()) return;
  say({ action: "ping" });
  silence ??= setTimeout(() => {
    const dead = socket;
    // Its own end may take long to be noticed.
    lose();
    dead?.close();
  }, PATIENCE_MS);
}

function hear(): void {
  clearTimeout(silence);
  silence = undefined;
}

function lose(): void {
  hear();
  socket = null;
  tell("lost");
  again();
}

// Everybody lost the connection at the same moment: they must not all come back at the same one.
function again(): void {
  clearTimeout(retry);
  if (listeners.size === 0) return;
  const longest = Math.min(LONGEST_PAUSE_MS, 1000 * 2 ** losses);
  losses += 1;
  retry = setTimeout(() => void open(), Math.random() * longest);
}

function close(): void {
  clearTimeout(retry);
  hear();
  const left = socket;
  socket = null;
  left?.close();
}

function tell(connection: Connection): void {
  for (const listener of [...listeners]) listener.onConnection?.(connection);
}

function parse(data: unknown): ServerMessage | null {
  try {
    return typeof data === "string" ? (JSON.parse(data) as ServerMessage) : null;
  } catch {
    return null;
  }
}

// The connection speaks for an account: another account needs another connection.
onSessionChange(() => {
  const session = currentSession();
  const now = session.status === "signed-in" ? session.user.id : null;
  if (now === owner || socket === null) return;
  close();
  tell("lost");
  void open();
});

// Back on the network, nobody waits for the pause to end.
if (typeof window !== "undefined") {
  window.addEventListener("online", () => {
    losses = 0;
    ping();
    void open();
  });
  // While the page was away, the machine may have slept.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) ping();
  });
}
