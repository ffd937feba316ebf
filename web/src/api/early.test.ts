import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { askEarly, askForSeats, takeEarly } from "./early";

const HERE = "https://jari.example";
const answers = new Map<string, () => Promise<Response>>();
const asked: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("location", { origin: HERE });
  vi.stubGlobal("fetch", (url: string) => {
    asked.push(url);
    return answers.get(url)?.() ?? Promise.resolve(new Response(`{"of": "${url}"}`));
  });
});

afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  answers.clear();
  asked.length = 0;
});

describe("what is asked early", () => {
  const url = `${HERE}/api/v1/events/evt_1`;

  it("is the answer of the first who asks the same, and of nobody else", async () => {
    void askEarly("/events/evt_1");
    expect(await takeEarly(`${HERE}/api/v1/events/evt_2`)).toBeNull();
    expect(await (await takeEarly(url))?.json()).toEqual({ of: url });
    expect(await takeEarly(url)).toBeNull();
  });

  it("is asked again by who comes for it, where it failed", async () => {
    answers.set(url, () => Promise.reject(new TypeError("no network")));
    await expect(askEarly("/events/evt_1")).rejects.toThrow("no network");
    expect(await takeEarly(url)).toBeNull();
  });

  it("is forgotten where nobody comes for it", async () => {
    void askEarly("/events/evt_1");
    vi.advanceTimersByTime(10_000);
    expect(await takeEarly(url)).toBeNull();
  });
});

describe("the page of seats", () => {
  const event = `${HERE}/api/v1/events/evt_1`;
  const map = `${HERE}/api/v1/seats/events/evt_1?performanceId=prf_1`;
  const geometry = `${HERE}/api/v1/seats/layouts/lay_1`;
  const never = () => new Promise<Response>(() => undefined);
  const saying =
    (body: unknown, status = 200) =>
    () =>
      Promise.resolve(new Response(JSON.stringify(body), { status }));
  const performances = [
    { id: "prf_0", layoutId: "lay_0" },
    { id: "prf_1", layoutId: "lay_1" },
  ];

  it("has its geometry asked for as soon as the map names it, and can still read the map", async () => {
    answers.set(event, never);
    answers.set(map, saying({ layoutId: "lay_1" }));
    askForSeats("evt_1", "prf_1");
    await vi.waitFor(() => expect(asked).toEqual([event, map, geometry]));
    expect(await (await takeEarly(map))?.json()).toEqual({ layoutId: "lay_1" });
  });

  it("or as soon as the event names it, and can still read the event", async () => {
    answers.set(event, saying({ performances }));
    answers.set(map, never);
    askForSeats("evt_1", "prf_1");
    await vi.waitFor(() => expect(asked).toEqual([event, map, geometry]));
    expect(await (await takeEarly(event))?.json()).toEqual({ performances });
  });

  it("has it asked for once", async () => {
    answers.set(event, saying({ performances }));
    answers.set(map, saying({ layoutId: "lay_1" }));
    askForSeats("evt_1", "prf_1");
    await vi.waitFor(() => expect(asked).toContain(geometry));
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toEqual([event, map, geometry]);
  });

  it("takes no refusal for an answer", async () => {
    answers.set(event, saying({ code: "not_found" }, 404));
    answers.set(map, saying({ layoutId: "lay_1" }));
    askForSeats("evt_1", "prf_1");
    await vi.waitFor(() => expect(asked).toContain(geometry));
  });

  it("asks for no geometry where there is none", async () => {
    answers.set(event, saying({ performances: [{ id: "prf_1", layoutId: null }] }));
    answers.set(map, saying({ layoutId: null }));
    askForSeats("evt_1", "prf_1");
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toEqual([event, map]);
  });
});
