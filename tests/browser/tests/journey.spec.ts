import { findable, type Hall, open } from "../src/halls.js";
import { Keys } from "../src/keys.js";
import { logIn, register } from "../src/people.js";
import { atTheGateway, expectPaid } from "../src/purchase.js";
import { cart, clickSeat, mapDrawn } from "../src/seats.js";
import { expect, test } from "../src/test.js";

let hall: Hall;

test.beforeAll(async () => {
  hall = await open({ title: `Nachtmusik ${process.pid}`, price: 60_000 });
  await findable(hall);
});

test("from the start page to the ticket, by mouse", async ({ page }) => {
  await logIn(page, await register());
  await page.goto("/");
  await page.getByRole("searchbox").fill(hall.title);
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await expect(page).toHaveURL(/\/events\?q=/);
  await page.getByRole("main").getByRole("link", { name: hall.title }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText(hall.title);
  await expect(page.getByText("자리 아레나").first()).toBeVisible();
  await page.getByRole("link", { name: "Choose seats" }).click();

  await mapDrawn(page);
  await clickSeat(page, "R2", 5);
  await clickSeat(page, "R2", 6);
  await expect(cart(page)).toHaveCount(2);
  await expect(page.getByText("₩120,000").first()).toBeVisible();
  await page.getByRole("button", { name: "Reserve 2 seats" }).click();

  await expect(page).toHaveURL(/\/reservations\/rsv_[^/]+\/checkout$/);
  await expect(page.getByRole("timer")).toHaveText(/^[45]:\d\d$/);
  await page.getByRole("button", { name: "Pay ₩120,000 by card" }).click();
  await atTheGateway(page, "Pay");

  await expectPaid(page);
  expect(page.url(), "the key of the card payment is not kept").not.toContain("paymentKey");
  await page.getByRole("link", { name: "Show tickets" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tickets");
  for (const number of [1, 2]) {
    const code = page.getByRole("img", { name: `QR code of ticket ${number} of 2` });
    await expect(code).toBeVisible();
    expect((await code.boundingBox())?.width).toBeGreaterThanOrEqual(240);
  }
  await expect(page.getByRole("article")).toHaveCount(2);
});

test("from the start page to the ticket, by keyboard alone", async ({ page }) => {
  await logIn(page, await register());
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();

  const keys = new Keys(page);
  await keys.to(page.getByRole("searchbox"));
  await page.keyboard.type(hall.title);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/events\?q=/);
  await keys.press(page.getByRole("main").getByRole("link", { name: hall.title }));
  await expect(page.getByRole("heading", { level: 1, name: hall.title })).toBeFocused();
  await keys.press(page.getByRole("link", { name: "Choose seats" }));

  const map = await mapDrawn(page);
  await keys.to(map);
  const said = page.locator("[aria-live=polite]").filter({ hasText: "row" });
  await page.keyboard.press("ArrowRight");
  // One begins where people want to sit.
  await expect(said).toHaveText("Stalls, row R1, seat 6, R ₩60,000, free");
  await page.keyboard.press("Enter");
  await expect(said).toHaveText(/chosen by you$/);
  await page.keyboard.press("ArrowRight");
  await expect(said).toHaveText(/row R1, seat 7,/);
  await page.keyboard.press("Enter");
  await expect(cart(page)).toHaveCount(2);
  // The one is given back in the list, which knows of the choice.
  await keys.press(page.getByRole("button", { name: "List", exact: true }), { backwards: true });
  await keys.press(page.locator("summary", { hasText: "Stalls" }));
  await keys.press(page.locator("summary", { hasText: "Row R1" }));
  const seat = page.getByRole("button", { name: /row R1, seat 6,.*chosen by you/ });
  await keys.press(seat, { key: "Space" });
  await expect(cart(page)).toHaveCount(1);
  await keys.press(page.getByRole("button", { name: "Reserve 1 seat" }));

  await expect(page).toHaveURL(/\/checkout$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await keys.press(page.getByRole("button", { name: "Pay ₩60,000 by card" }));
  await page.waitForURL("**/checkout?orderId=*");
  await keys.press(page.getByRole("button", { name: "Pay", exact: true }));

  await expectPaid(page);
  await keys.press(page.getByRole("link", { name: "Show tickets" }));
  await expect(page.getByRole("img", { name: "QR code of ticket 1 of 1" })).toBeVisible();
});
