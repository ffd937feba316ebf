import { randomUUID } from "node:crypto";
import { expectStatus } from "../src/api.js";
import { inDays, open } from "../src/halls.js";
import { admin, logIn, register } from "../src/people.js";
import { atTheGateway, buy, expectPaid } from "../src/purchase.js";
import { openSeats } from "../src/seats.js";
import { expect, test } from "../src/test.js";

test("the best seats together, in two clicks", async ({ page }) => {
  const hall = await open({ price: 20_000 });
  await logIn(page, await register());
  await openSeats(page, hall);
  await page.getByRole("group", { name: "How many seats" }).getByRole("radio", { name: "3" }).check();
  await page.getByRole("button", { name: /^R × 3/ }).click();
  await page.waitForURL("**/checkout");
  await expect(page.getByRole("list", { name: "Seats" }).getByRole("listitem")).toHaveCount(3);
  await expect(page.getByRole("button", { name: "Pay ₩60,000 by card" })).toBeVisible();
});

test("so many together are not left: apart they are", async ({ page }) => {
  const hall = await open({ rows: 3, seatsPerRow: 2 });
  await logIn(page, await register());
  await openSeats(page, hall);
  await page.getByRole("group", { name: "How many seats" }).getByRole("radio", { name: "3" }).check();
  await page.getByRole("button", { name: /^R × 3/ }).click();
  await expect(page.getByText("3 seats side by side are not left in R.")).toBeVisible();
  await page.getByRole("button", { name: "Take 3 apart" }).click();
  await page.waitForURL("**/checkout");
  await expect(page.getByRole("list", { name: "Seats" }).getByRole("listitem")).toHaveCount(3);
});

test("general admission: so many of a kind, within the limit", async ({ page }) => {
  const hall = await open({ quota: 50, buyerLimit: 3, price: 25_000 });
  await logIn(page, await register());
  await page.goto(`/events/${hall.event}`);
  await expect(page.getByText("Up to 3 tickets per person and performance")).toBeVisible();
  await page.getByRole("link", { name: "Choose tickets" }).click();
  const more = page.getByRole("button", { name: "One Standing more" });
  for (const tickets of [1, 2, 3]) {
    await more.click();
    await expect(page.getByRole("group", { name: "Standing" }).getByRole("status")).toHaveText(
      String(tickets),
    );
  }
  await expect(more).toBeDisabled();
  await page.getByRole("button", { name: "One Standing less" }).click();
  await page.getByRole("button", { name: "Reserve tickets" }).click();
  await page.waitForURL("**/checkout");
  await page.getByRole("button", { name: "Pay ₩50,000 by card" }).click();
  await atTheGateway(page, "Pay");
  await expectPaid(page);
});

test("the last tickets without a seat go and come back before one's eyes", async ({ page }) => {
  const hall = await open({ quota: 2 });
  const other = await register();
  await page.goto(`/events/${hall.event}/performances/${hall.performance}`);
  await page.getByRole("button", { name: "One Standing more" }).click();
  const reserve = page.getByRole("button", { name: "Reserve tickets" });
  await expect(reserve).toBeEnabled();
  const items = [{ ticketTypeId: hall.ticketType, quantity: 2 }];
  const { id } = await expectStatus(
    201,
    other.api.post(
      "/reservations",
      { performanceId: hall.performance, items },
      { "Idempotency-Key": randomUUID() },
    ),
  );
  await expect(page.getByText("No seat is free now")).toBeVisible();
  await expect(reserve).toBeDisabled();
  await expectStatus(204, other.api.delete(`/seats/reservation/${id}`));
  await expect(page.getByText("No seat is free now")).toBeHidden();
  await expect(reserve).toBeEnabled();
});

test("a buyer who has all they may have is told so", async ({ page }) => {
  const hall = await open({ buyerLimit: 2 });
  const person = await register();
  await buy(person, hall, "R1-1", "R1-2");
  await logIn(page, person);
  await openSeats(page, hall);
  await page.getByRole("group", { name: "How many seats" }).getByRole("radio", { name: "1" }).check();
  await page.getByRole("button", { name: /^R × 1/ }).click();
  await expect(page.getByText("This is more than a buyer may have here: 2 in all")).toBeVisible();
});

test("before the sale opens one may look around, and it opens by itself", async ({ page }) => {
  const opensAt = new Date(Date.now() + 40_000).toISOString();
  const hall = await open({ saleOpensAt: opensAt });
  await logIn(page, await register());
  await openSeats(page, hall);
  await expect(page.getByRole("timer")).toContainText(/The sale opens in 0:\d\d/);
  const best = page.getByRole("button", { name: /^R × 2/ });
  await expect(best).toBeDisabled();
  await expect(best).toBeEnabled({ timeout: 50_000 });
  await best.click();
  await page.waitForURL("**/checkout");
});

test("a sale that has closed says so, and sells nothing", async ({ page }) => {
  const hall = await open({ saleOpensAt: inDays(-2), saleClosesAt: inDays(-1) });
  await page.goto(`/events/${hall.event}`);
  await expect(page.getByText("Sale closed").first()).toBeVisible();
  await expect(page.getByRole("link", { name: "Choose seats" })).toHaveCount(0);
  await openSeats(page, hall);
  await expect(page.getByText("The sale is closed")).toBeVisible();
  await expect(page.getByRole("button", { name: /^R × 2/ })).toBeDisabled();
});

test("when the last seat goes, the page says so, and what can still happen", async ({ page }) => {
  const hall = await open({ rows: 1, seatsPerRow: 2 });
  await openSeats(page, hall);
  await buy(await register(), hall, "R1-1", "R1-2");
  await expect(page.getByText("No seat is free now")).toBeVisible();
  await page.goto(`/events/${hall.event}`);
  await expect(page.getByText("Sold out").first()).toBeVisible();
  await expect(page.getByText("Seats that are not paid for in time come back. Look in again.")).toBeVisible();
});

test("an event that was called off says so, to everybody and to its buyers", async ({ page }) => {
  const hall = await open();
  const person = await register();
  const reservation = await buy(person, hall, "R1-1");
  await expectStatus(200, (await admin()).api.post(`/admin/events/${hall.event}/cancel`));
  await logIn(page, person);
  await page.goto(`/reservations/${reservation}`);
  await expect(page.getByText("The organiser called this performance off.")).toBeVisible();
  await page.goto(`/events/${hall.event}`);
  await expect(page.getByText("This event was cancelled")).toBeVisible();
  await expect(page.getByRole("link", { name: "Choose seats" })).toHaveCount(0);
  await page.goto(`/events/${hall.event}/performances/${hall.performance}`);
  await expect(page.getByText(/called off|not on sale/)).toBeVisible();
});

test("prices are told apart, and one of them can be shown alone", async ({ page }) => {
  const hall = await open({ balcony: 30_000 });
  await openSeats(page, hall);
  const chips = page.getByRole("list", { name: "Prices" }).getByRole("button");
  await expect(chips).toHaveCount(2);
  await expect(chips.filter({ hasText: "₩45,000" })).toContainText("40 left");
  const balcony = chips.filter({ hasText: "₩30,000" });
  await expect(balcony).toContainText("20 left");
  await page.getByRole("button", { name: "List", exact: true }).click();
  const sections = page.getByRole("main").locator("summary");
  await expect(sections).toContainText(["Stalls", "Balcony"]);
  await balcony.click();
  await expect(balcony).toHaveAttribute("aria-pressed", "true");
  await expect(sections).toContainText(["Balcony"]);
  await sections.click();
  await expect(sections).toContainText(["Balcony", "Row B1", "Row B2"]);
  await balcony.click();
  await expect(sections).toContainText(["Stalls", "Balcony", "Row B1", "Row B2"]);
});
