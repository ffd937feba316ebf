import type { Page } from "@playwright/test";
import { findable, type Hall, open } from "../src/halls.js";
import { PASSWORD, register } from "../src/people.js";
import { atTheGateway, expectPaid } from "../src/purchase.js";
import { cart, mapDrawn, openRow, openSeats, seatInList } from "../src/seats.js";
import { expect, test } from "../src/test.js";
import { expectNoSidewaysScroll } from "../src/width.js";

test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });

let hall: Hall;

test.beforeAll(async () => {
  hall = await open({
    title: "국립오페라단 창작 오페라 <갈매기의 꿈> 앙코르 공연 및 관객과의 대화",
    rows: 4,
  });
});

test("on a phone: look and choose first, log in when it matters, pay, show the ticket", async ({ page }) => {
  const person = await register();
  await page.goto(`/events/${hall.event}`);
  await expectNoSidewaysScroll(page);
  await page.getByRole("link", { name: "Choose seats" }).tap();

  const map = await mapDrawn(page);
  await map.scrollIntoViewIfNeeded();
  await tapMap(page, 0.45, 0.55);
  await expect(cart(page)).toHaveCount(1);
  await tapMap(page, 0.65, 0.55);
  await expect(cart(page)).toHaveCount(2);
  await expectNoSidewaysScroll(page);
  await expect(page.getByRole("button", { name: "Reserve 2 seats" })).toBeInViewport({ ratio: 1 });
  const chosen = await cart(page).evaluateAll((buttons) => buttons.map((button) => button.ariaLabel));
  await page.getByRole("button", { name: "Reserve 2 seats" }).tap();

  await expect(page).toHaveURL(/\/login\?/);
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Log in", exact: true }).tap();

  await mapDrawn(page);
  await expect(cart(page)).toHaveCount(2);
  expect(await cart(page).evaluateAll((buttons) => buttons.map((button) => button.ariaLabel))).toEqual(
    chosen,
  );
  await page.getByRole("button", { name: "Reserve 2 seats" }).tap();
  await expect(page).toHaveURL(/\/checkout$/);
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "Pay ₩90,000 by card" }).tap();
  await atTheGateway(page, "Pay");
  await expectPaid(page);
  await page.getByRole("link", { name: "Show tickets" }).tap();
  await expect(page.getByRole("img", { name: "QR code of ticket 1 of 2" })).toBeVisible();
  await expectNoSidewaysScroll(page);
});

test("long names make no list wider than the screen", async ({ page }) => {
  const word = `Rindfleischetikettierungsueberwachung${process.pid}`;
  const long = await open({
    title: word,
    venue: "세종문화회관 대극장 옆 야외 특설무대 (우천 시 체임버홀)",
    quota: 5,
  });
  await findable(long);
  await page.goto(`/events?q=${word}`);
  await expect(page.getByRole("link", { name: word })).toBeVisible();
  await expectNoSidewaysScroll(page);
});

test("two fingers bring the map nearer", async ({ page }) => {
  await page.goto(`/events/${hall.event}/performances/${hall.performance}`);
  const map = await mapDrawn(page);
  await map.scrollIntoViewIfNeeded();
  const before = await rowsApart(page);
  await pinch(page, 80, 120);
  const after = await rowsApart(page);
  expect(after / before).toBeCloseTo(120 / 80, 1);
});

test("more prices than fit in a line leave the rest of the page where it is", async ({ page }) => {
  await openSeats(page, await open({ balcony: 30_000 }));
  const chips = page.getByRole("list", { name: "Prices" });
  await expect(chips.getByRole("button")).toHaveCount(2);
  const isCut = await chips.evaluate((list) => list.scrollWidth > list.clientWidth);
  expect(isCut, "the prices move sideways").toBe(true);
  await expectNoSidewaysScroll(page);
  await openRow(page, "R1");
  await seatInList(page, "R1", 1).tap();
  await expect(page.getByRole("button", { name: "Reserve 1 seat" })).toBeInViewport({ ratio: 1 });
});

async function tapMap(page: Page, across: number, down: number): Promise<void> {
  const box = await (await mapDrawn(page)).boundingBox();
  if (box === null) throw new Error("the map is not on the page");
  await page.touchscreen.tap(box.x + box.width * across, box.y + box.height * down);
}

async function pinch(page: Page, from: number, to: number): Promise<void> {
  const box = await (await mapDrawn(page)).boundingBox();
  if (box === null) throw new Error("the map is not on the page");
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const devtools = await page.context().newCDPSession(page);
  const fingers = (apart: number) => [
    { x: middle.x - apart / 2, y: middle.y, id: 1 },
    { x: middle.x + apart / 2, y: middle.y, id: 2 },
  ];
  await devtools.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: fingers(from) });
  for (let step = 1; step <= 6; step += 1) {
    const touchPoints = fingers(from + ((to - from) * step) / 6);
    await devtools.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints });
  }
  await devtools.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

/** How far the second row is from the third on the screen, by where the tips of their seats stand. */
async function rowsApart(page: Page): Promise<number> {
  const map = await mapDrawn(page);
  const box = await map.boundingBox();
  if (box === null) throw new Error("the map is not on the page");
  const tops = new Map<string, number>();
  for (let y = 2; y < box.height; y += 4) {
    await page.mouse.move(box.x + box.width / 2, box.y + y);
    const [row, top] = await map.evaluate(
      (element) =>
        new Promise<[string | undefined, number]>((resolve) =>
          requestAnimationFrame(() =>
            requestAnimationFrame(() => {
              const tip = element.querySelector<HTMLElement>("[aria-hidden=true]");
              resolve([
                /row (R\d),/.exec(tip?.textContent ?? "")?.[1],
                Number.parseFloat(tip?.style.top ?? ""),
              ]);
            }),
          ),
        ),
    );
    if (row !== undefined) tops.set(row, top);
  }
  const [second, third] = [tops.get("R2"), tops.get("R3")];
  if (second === undefined || third === undefined) throw new Error("the rows are not on the map");
  return third - second;
}
