import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

type Answer = () => Response | Promise<Response>;

const user = { id: "usr_1", email: "a@b.co", name: "A", provider: "LOCAL", role: "buyer", version: 1 };
let storage: Map<string, string>;
let requests: { path: string; headers: Headers }[];
let answers: Record<string, Answer>;
let tabs: { close(): void }[];

/** A tab: the modules of the session, read anew, beside those of other tabs. */
async function openTab() {
  vi.resetModules();
  const channels: BroadcastChannel[] = [];
  const Channel = BroadcastChannel;
  vi.stubGlobal(
    "BroadcastChannel",
    class extends Channel {
      constructor(name: string) {
        super(name);
        channels.push(this);
      }
    },
  );
  const session = await import("./session");
  const { refresh, isFresh } = await import("./refresh");
  const { logOut } = await import("./logOut");
  const { logIn } = await import("./logIn");
  const { api } = await import("../api/client");
  vi.stubGlobal("BroadcastChannel", Channel);
  const tab = { ...session, refresh, isFresh, logOut, logIn, api, close: () => channels[0]?.close() };
  tabs.push(tab);
  return tab;
}

function sessionAnswer(accessToken: string, of: object = user, expiresIn = 900): Response {
  return Response.json({ accessToken, expiresIn, user: of });
}

/** Web Locks, as far as they are used. */
function locks() {
  let last: Promise<unknown> = Promise.resolve();
  return {
    request: (_name: string, work: () => Promise<unknown>) => {
      const mine = last.then(work);
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

function paths(): string[] {
  return requests.map(({ path }) => path);
}

beforeEach(() => {
  storage = new Map();
  requests = [];
  answers = {};
  tabs = [];
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => storage.set(key, value),
    removeItem: (key: string) => storage.delete(key),
  });
  vi.stubGlobal("navigator", { locks: locks() });
  vi.stubGlobal("window", {});
  vi.stubGlobal("document", { documentElement: { lang: "en" } });
  const { Request: NodeRequest } = globalThis;
  vi.stubGlobal(
    "Request",
    class extends NodeRequest {
      constructor(input: RequestInfo | URL, init?: RequestInit) {
        super(typeof input === "string" ? new URL(input, "https://jari.example") : input, init);
      }
    },
  );
  vi.stubGlobal("fetch", async (input: string | Request, init?: RequestInit) => {
    const path = new URL(typeof input === "string" ? input : input.url, "https://jari.example").pathname;
    const headers = new Headers(typeof input === "string" ? init?.headers : input.headers);
    requests.push({ path, headers });
    const answer = answers[path];
    if (answer === undefined) throw new TypeError(`no answer for ${path}`);
    return answer();
  });
});

afterEach(() => {
  for (const tab of tabs) tab.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a session", () => {
  it("is not asked for by somebody who never logged in", async () => {
    const tab = await openTab();
    expect(tab.currentSession()).toEqual({ status: "anonymous", because: "never" });
  });

  it("is restored by the cookie, and keeps no token in storage", async () => {
    storage.set("jari.session", "1");
    answers["/api/v1/auth/refresh"] = () => sessionAnswer("t1");
    const tab = await openTab();
    expect(tab.currentSession().status).toBe("restoring");
    await tab.refresh();
    expect(tab.currentSession()).toMatchObject({ status: "signed-in", accessToken: "t1" });
    expect(requests[0]?.headers.get("X-Session")).toBe("cookie");
    expect(JSON.stringify([...storage])).not.toContain("t1");
  });

  it("stays as it is while nothing can be learnt", async () => {
    storage.set("jari.session", "1");
    const tab = await openTab();
    const refusals: [Answer, string][] = [
      [() => Promise.reject(new TypeError("network")), "offline"],
      [() => new Response("busy", { status: 503 }), "unavailable"],
      [() => new Response("no", { status: 403 }), "forbidden"],
      [() => new Response("<title>Hotel</title>"), "unexpected"],
    ];
    for (const [answer, code] of refusals) {
      answers["/api/v1/auth/refresh"] = answer;
      await expect(tab.refresh()).rejects.toMatchObject({ code });
      expect(tab.currentSession().status).toBe("restoring");
      expect(tab.hasHint()).toBe(true);
    }
  });

  it("ends when the API no longer knows it", async () => {
    const tab = await openTab();
    tab.begin({ accessToken: "t1", expiresIn: 900, user: user as never });
    answers["/api/v1/auth/refresh"] = () => new Response(null, { status: 401 });
    await tab.refresh();
    expect(tab.currentSession()).toEqual({ status: "anonymous", because: "expired" });
    expect(tab.hasHint()).toBe(false);
  });

  it("is not trusted when the clock was put back", async () => {
    vi.useFakeTimers({ now: 1_800_000_000_000, toFake: ["Date"] });
    const tab = await openTab();
    const session = tab.begin({ accessToken: "t1", expiresIn: 900, user: user as never });
    expect(tab.isFresh(session)).toBe(true);
    vi.setSystemTime(1_800_000_000_000 - 3_600_000);
    expect(tab.isFresh(session)).toBe(false);
    vi.setSystemTime(1_800_000_000_000 + 885_000);
    expect(tab.isFresh(session)).toBe(false);
  });
});

describe("a call", () => {
  it("renews the token once for all calls that wait", async () => {
    const tab = await openTab();
    tab.begin({ accessToken: "old", expiresIn: 0, user: user as never });
    answers["/api/v1/auth/refresh"] = () => sessionAnswer("new");
    answers["/api/v1/points"] = () => Response.json({ balance: 1, currency: "KRW" });
    await Promise.all([tab.api.GET("/points"), tab.api.GET("/points"), tab.api.GET("/points")]);
    expect(paths().filter((path) => path.endsWith("refresh"))).toHaveLength(1);
    const tokens = requests.slice(1).map(({ headers }) => headers.get("Authorization"));
    expect(tokens).toEqual(["Bearer new", "Bearer new", "Bearer new"]);
  });

  it("is repeated with a new token when the API's clock is ahead", async () => {
    const tab = await openTab();
    tab.begin({ accessToken: "old", expiresIn: 900, user: user as never });
    answers["/api/v1/auth/refresh"] = () => sessionAnswer("new");
    let calls = 0;
    answers["/api/v1/points"] = () => {
      calls += 1;
      return calls === 1
        ? new Response(null, { status: 401 })
        : Response.json({ balance: 7, currency: "KRW" });
    };
    const { data } = await tab.api.GET("/points");
    expect(data?.balance).toBe(7);
    expect(tab.currentSession()).toMatchObject({ accessToken: "new" });
  });

  it("that logs in neither waits for the session before nor carries its token", async () => {
    storage.set("jari.session", "1");
    const tab = await openTab();
    answers["/api/v1/auth/login"] = () => sessionAnswer("t2");
    await tab.logIn({ email: "a@b.co", password: "long enough password" });
    expect(paths()).toEqual(["/api/v1/auth/login"]);
    expect(requests[0]?.headers.get("X-Session")).toBe("cookie");
    expect(requests[0]?.headers.has("Authorization")).toBe(false);
    expect(tab.currentSession()).toMatchObject({ accessToken: "t2" });
  });
});

describe("two tabs", () => {
  it("renew one after the other, and the second takes the first one's token", async () => {
    const first = await openTab();
    const second = await openTab();
    first.begin({ accessToken: "old", expiresIn: 0, user: user as never });
    await vi.waitFor(() => expect(second.currentSession().status).toBe("signed-in"));
    const stale = second.currentSession();
    answers["/api/v1/auth/refresh"] = () => sessionAnswer("new");
    await first.refresh();
    await vi.waitFor(() => expect(second.currentSession()).toMatchObject({ accessToken: "new" }));
    await second.refresh(stale);
    expect(paths()).toEqual(["/api/v1/auth/refresh"]);
  });

  it("are both logged out by one, and the other knows that it was not the one", async () => {
    const first = await openTab();
    const second = await openTab();
    first.begin({ accessToken: "t1", expiresIn: 900, user: user as never });
    await vi.waitFor(() => expect(second.currentSession().status).toBe("signed-in"));
    answers["/api/v1/auth/logout"] = () => new Response(null, { status: 204 });
    await first.logOut();
    expect(first.currentSession()).toEqual({ status: "anonymous", because: "signed-out" });
    await vi.waitFor(() =>
      expect(second.currentSession()).toEqual({ status: "anonymous", because: "elsewhere" }),
    );
    expect(requests[0]?.headers.get("Authorization")).toBe("Bearer t1");
    expect(requests[0]?.headers.get("X-Session")).toBe("cookie");
    expect(first.hasHint()).toBe(false);
  });

  it("stay logged out when the other was renewing meanwhile", async () => {
    const first = await openTab();
    const second = await openTab();
    first.begin({ accessToken: "old", expiresIn: 0, user: user as never });
    await vi.waitFor(() => expect(second.currentSession().status).toBe("signed-in"));
    let letGo: (answer: Response) => void = () => undefined;
    const held = new Promise<Response>((resolve) => {
      letGo = resolve;
    });
    // Whoever is let in next may ask before it hears the news.
    answers["/api/v1/auth/refresh"] = () => (requests.length === 1 ? held : sessionAnswer("newer"));
    answers["/api/v1/auth/logout"] = () => new Response(null, { status: 204 });
    const renewing = second.refresh();
    await vi.waitFor(() => expect(requests).toHaveLength(1));
    const leaving = first.logOut();
    letGo(sessionAnswer("new"));
    await Promise.all([renewing, leaving]);
    await vi.waitFor(() => expect(second.currentSession().status).toBe("anonymous"));
    expect(first.currentSession()).toEqual({ status: "anonymous", because: "signed-out" });
    expect(paths().at(-1)).toBe("/api/v1/auth/logout");
  });

  it("are one account's: logging in as another changes both", async () => {
    const first = await openTab();
    const second = await openTab();
    first.begin({ accessToken: "t1", expiresIn: 900, user: user as never });
    await vi.waitFor(() => expect(second.currentSession().status).toBe("signed-in"));
    answers["/api/v1/auth/login"] = () => sessionAnswer("t2", { ...user, id: "usr_2", name: "B" });
    await second.logIn({ email: "b@b.co", password: "long enough password" });
    await vi.waitFor(() => expect(first.currentSession()).toMatchObject({ user: { id: "usr_2" } }));
  });

  it("both show a changed name", async () => {
    const first = await openTab();
    const second = await openTab();
    first.begin({ accessToken: "t1", expiresIn: 900, user: user as never });
    await vi.waitFor(() => expect(second.currentSession().status).toBe("signed-in"));
    first.updateUser({ ...user, name: "C" } as never);
    await vi.waitFor(() => expect(second.currentSession()).toMatchObject({ user: { name: "C" } }));
  });
});

describe("logging out", () => {
  it("works offline, for this browser", async () => {
    const tab = await openTab();
    tab.begin({ accessToken: "t1", expiresIn: 900, user: user as never });
    await tab.logOut();
    expect(tab.currentSession()).toEqual({ status: "anonymous", because: "signed-out" });
  });

  it("everywhere ends all sessions first and then takes the cookie away", async () => {
    const tab = await openTab();
    tab.begin({ accessToken: "t1", expiresIn: 900, user: user as never });
    answers["/api/v1/auth/logout"] = () => new Response(null, { status: 204 });
    await tab.logOut({ everywhere: true });
    expect(requests.map(({ headers }) => headers.get("X-Session"))).toEqual([null, "cookie"]);
  });
});
