import { expect, type Page, test } from "@playwright/test";
import { ARENA_SEATS, arena } from "../src/arena.js";
import { note } from "../src/figures.js";
import { open } from "../src/halls.js";

const TIMES = 7;
// A tab starts a process or two. Whoever opens the map has had theirs open for a while.
const TAB_STARTS_MS = 2_000;

test("an arena of 20,000 seats: until it is drawn, and how smoothly it moves", async ({ browser }) => {
  const hall = await open({ title: "Die Schöpfung", large: arena() });
  const address = `/events/${hall.event}/performances/${hall.performance}`;
  const opened: Opened[] = [];
  for (let round = 0; round < TIMES; round += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.waitForTimeout(TAB_STARTS_MS);
    await page.goto(address);
    opened.push(await whenDrawn(page));
    await context.close();
  }
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await page.goto(address);
  await whenDrawn(page);
  const far = await framesWhilePanning(page);
  const near: number[] = [];
  // Each press comes nearer, from where seats are dots to where one is as large as a finger.
  const nearer = page.getByRole("button", { name: "Zoom in" });
  for (let press = 1; press <= 9; press += 1) {
    await nearer.click();
    if (press % 3 === 0) near.push(await framesWhilePanning(page));
  }
  note(`mapOf${ARENA_SEATS}Seats`, {
    firstDrawnMs: spread(opened.map(({ drawn }) => drawn)),
    dataThereMs: spread(opened.map(({ there }) => there)),
    ofDataMs: spread(opened.map(({ drawn, there }) => drawn - there)),
    framesPerSecondWhilePanning: { far, near },
  });
  // How long it takes is printed and not checked: another machine has other times.
  for (const { drawn, there } of opened) expect(drawn).toBeGreaterThan(there);
});

interface Opened {
  /** When the last byte of what the map shows had arrived, in milliseconds after the navigation began. */
  readonly there: number;
  /** When the map was first drawn. */
  readonly drawn: number;
}

function spread(values: number[]) {
  const sorted = values.map(Math.round).sort((one, other) => one - other);
  return { median: sorted[sorted.length >> 1], least: sorted[0], most: sorted.at(-1) };
}

async function whenDrawn(page: Page): Promise<Opened> {
  await expect(page.locator("[data-seat-map=drawn]")).toBeVisible({ timeout: 60_000 });
  return page.evaluate(() => {
    const drawn = performance.getEntriesByName("seat-map-drawn")[0]?.startTime ?? Number.NaN;
    const calls = performance.getEntriesByType("resource").filter(({ name }) => name.includes("/api/v1/"));
    const before = (calls as PerformanceResourceTiming[]).map((call) => call.responseEnd);
    return { drawn, there: Math.max(...before.filter((end) => end > 0 && end <= drawn)) };
  });
}

/** Drags the map to and fro with the pointer, and counts the frames that the browser draws meanwhile. */
async function framesWhilePanning(page: Page): Promise<number> {
  const map = page.locator("[data-seat-map=drawn]");
  const box = await map.boundingBox();
  if (box === null) throw new Error("the map is not on the page");
  const [x, y] = [box.x + box.width / 2, box.y + Math.min(box.height, 400) / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.evaluate(() => {
    const counted = { frames: 0, since: performance.now(), until: 0 };
    Object.assign(window, { framesOfTest: counted });
    const count = (now: number) => {
      counted.frames += 1;
      counted.until = now;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  for (let step = 0; step < 120; step += 1) {
    const angle = (step / 40) * 2 * Math.PI;
    await page.mouse.move(x + 150 * Math.sin(angle), y + 100 * Math.sin(angle / 2));
  }
  const rate = await page.evaluate(() => {
    const counted = (window as unknown as { framesOfTest: { frames: number; since: number; until: number } })
      .framesOfTest;
    return (counted.frames * 1000) / (counted.until - counted.since);
  });
  await page.mouse.up();
  return Math.round(rate);
}
