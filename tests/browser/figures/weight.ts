import { brotliCompressSync, constants } from "node:zlib";
import { expect, type Page, test } from "@playwright/test";
import { note } from "../src/figures.js";
import { logIn } from "../src/people.js";
import { makeWorld } from "../src/world.js";

const MOST_BYTES = 150_000;

// What somebody loads who buys: CloudFront sends it as Brotli.
test("the scripts of all the pages on the way to a ticket", async ({ browser }) => {
  const { person, hall, held, payment, bought } = await makeWorld("Das wohltemperierte Klavier");
  const seats = `/events/${hall.event}/performances/${hall.performance}`;
  const way: Record<string, string> = {
    home: "/",
    search: "/events",
    event: `/events/${hall.event}`,
    seats,
    checkout: `/reservations/${held}/checkout`,
    result: `/payments/${payment}`,
    reservation: `/reservations/${bought}`,
    tickets: `/reservations/${bought}/tickets`,
  };
  const sizes = new Map<string, number>();
  let purchase = 0;
  const pages: Record<string, number> = {};
  for (const [name, address] of Object.entries(way)) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await logIn(page, person);
    const loaded = await scriptsOf(page, address);
    for (const [url, size] of loaded) sizes.set(url, size);
    pages[name] = sumOf(loaded);
    await context.close();
    if (name === "result") purchase = sumOf(sizes);
  }
  note("brotliBytesOfScripts", { purchase, withReservationAndTickets: sumOf(sizes), pages });
  for (const [name, size] of Object.entries(pages)) expect(size, name).toBeLessThanOrEqual(MOST_BYTES);
});

function sumOf(sizes: ReadonlyMap<string, number>): number {
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

/** The size, as Brotli, of every script that a page loads. */
async function scriptsOf(page: Page, address: string): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  const bodies: Promise<void>[] = [];
  page.on("response", (response) => {
    if (!new URL(response.url()).pathname.endsWith(".js")) return;
    const weigh = async () => {
      const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
      sizes.set(response.url(), brotliCompressSync(await response.body(), { params }).length);
    };
    bodies.push(weigh());
  });
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForLoadState("networkidle");
  await Promise.all(bodies);
  return sizes;
}
