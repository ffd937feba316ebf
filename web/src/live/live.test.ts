import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Listener } from "./live";

vi.mock("../config/config", () => ({ readConfig: async () => ({ webSocketUrl: "/ws" }) }));

class Socket extends EventTarget {
  static readonly OPEN = 1;
  readyState = 1;
  readonly said: string[] = [];
  constructor() {
    super();
    sockets.push(this);
  }
  send(text: string): void {
    this.said.push(JSON.parse(text).action);
  }
  // The other end never hears of it: no event comes.
  close(): void {
    this.readyState = 2;
  }
  answer(): void {
    this.dispatchEvent(new MessageEvent("message", { data: '{"type":"pong"}' }));
  }
}

const sockets: Socket[] = [];
const onConnection = vi.fn();
const listener: Listener = { onMessage: () => undefined, onConnection };
let page: EventTarget & { hidden: boolean };
let stop: () => void;

beforeEach(async () => {
  vi.useFakeTimers();
  sockets.length = 0;
  onConnection.mockReset();
  page = Object.assign(new EventTarget(), { hidden: false });
  vi.stubGlobal("WebSocket", Socket);
  vi.stubGlobal("location", { href: "http://localhost/" });
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("document", page);
  vi.stubGlobal("localStorage", { getItem: () => null });
  vi.resetModules();
  stop = (await import("./live")).listen(listener);
  await vi.advanceTimersByTimeAsync(0);
  sockets[0]?.dispatchEvent(new Event("open"));
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("takes a connection for lost whose other end answers no ping, and opens another", async () => {
  expect(onConnection).toHaveBeenLastCalledWith("live");
  await vi.advanceTimersByTimeAsync(4 * 60_000);
  expect(sockets[0]?.said).toEqual(["ping"]);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(onConnection).toHaveBeenLastCalledWith("live");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(onConnection).toHaveBeenLastCalledWith("lost");
  expect(sockets[0]?.readyState).toBe(2);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sockets).toHaveLength(2);
});

it("keeps a connection that says anything after a ping", async () => {
  await vi.advanceTimersByTimeAsync(4 * 60_000 + 5_000);
  sockets[0]?.answer();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(onConnection).toHaveBeenLastCalledWith("live");
  expect(sockets).toHaveLength(1);
});

it("asks when somebody comes back to the page or to the network", async () => {
  page.dispatchEvent(new Event("visibilitychange"));
  window.dispatchEvent(new Event("online"));
  expect(sockets[0]?.said).toEqual(["ping", "ping"]);
  page.hidden = true;
  page.dispatchEvent(new Event("visibilitychange"));
  expect(sockets[0]?.said).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(onConnection).toHaveBeenLastCalledWith("lost");
});
