import { expect, type Page, test } from "@playwright/test";
import { note } from "../src/figures.js";
import { open } from "../src/halls.js";

// About the largest layout that one request may carry.
const ROWS = 15;
const SEATS = 200;

test("a hall of 3,000 seats: until it is drawn, and how smoothly it moves", async ({ browser }) => {
  const hall = await open({ title: "Die Schöpfung", rows: ROWS, seatsPerRow: SEATS });
  const address = `/events/${hall.event}/performances/${hall.performance}`;
  const drawn: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const page = await (await browser.newContext()).newPage();
    await page.goto(address);
    drawn.push(await whenDrawn(page));
    await page.context().close();
  }
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await page.goto(address);
  await whenDrawn(page);
  const far = await framesWhilePanning(page);
  // A click brings the section near, where seats are drawn one by one.
  await page.getByRole("button", { name: "Zoom in" }).click();
  for (let press = 0; press < 8; press += 1) await page.getByRole("button", { name: "Zoom in" }).click();
  const near = await framesWhilePanning(page);
  const median = (values: number[]) => values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;
  note("mapOf3000Seats", {
    firstDrawnMs: { median: Math.round(median(drawn)), each: drawn.map(Math.round) },
    framesPerSecondWhilePanning: { far, near },
  });
  expect(drawn).toHaveLength(5);
});

/** When the map was first drawn, in milliseconds after the navigation began. */
async function whenDrawn(page: Page): Promise<number> {
  await expect(page.locator("[data-seat-map=drawn]")).toBeVisible({ timeout: 60_000 });
  return page.evaluate(() => performance.getEntriesByName("seat-map-drawn")[0]?.startTime ?? Number.NaN);
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
