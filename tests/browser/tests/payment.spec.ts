import type { Page } from "@playwright/test";
import { eventually } from "../src/api.js";
import { type Hall, open } from "../src/halls.js";
import { logIn, type Person, register } from "../src/people.js";
import { atTheGateway, charge, expectPaid, hold } from "../src/purchase.js";
import { expect, test } from "../src/test.js";

let hall: Hall;

test.beforeAll(async () => {
  hall = await open({ price: 30_000 });
});

/** Somebody at the checkout of two seats that are held. */
async function atTheCheckout(page: Page, row: string, buyer?: Person): Promise<Person> {
  const person = buyer ?? (await register());
  await logIn(page, person);
  const reservation = await hold(person, hall, `${row}-1`, `${row}-2`);
  await page.goto(`/reservations/${reservation}/checkout`);
  await expect(page.getByRole("list", { name: "Seats" }).getByRole("listitem")).toHaveCount(2);
  return person;
}

test("a declined card keeps the seats, and another payment buys the same", async ({ page }) => {
  await atTheCheckout(page, "R1");
  const checkout = page.url();
  await page.getByRole("button", { name: "Pay ₩60,000 by card" }).click();
  await atTheGateway(page, "Decline");
  await page.waitForURL("**/payments/pay_*");
  await expect(page.getByText("The card was declined.")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/^The seats are yours for \d:\d\d more\.$/)).toBeVisible();
  await page.getByRole("link", { name: "Pay in another way" }).click();
  await expect(page).toHaveURL(checkout);
  await page.getByRole("button", { name: "Pay ₩60,000 by card" }).click();
  await atTheGateway(page, "Pay");
  await expectPaid(page);
});

test("leaving the gateway's page charges nothing, and says so", async ({ page }) => {
  await atTheCheckout(page, "R2");
  await page.getByRole("button", { name: "Pay ₩60,000 by card" }).click();
  await atTheGateway(page, "Cancel");
  await expect(page).toHaveURL(/\/checkout$/);
  await expect(page.getByText("You left the payment page.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Pay ₩60,000 by card" })).toBeEnabled();
});

test("a bank that keeps silent is asked until it is known what became of the money", async ({ page }) => {
  await atTheCheckout(page, "R3");
  await page.getByRole("button", { name: "Pay ₩60,000 by card" }).click();
  await atTheGateway(page, "No answer, approved");
  await page.waitForURL("**/payments/pay_*");
  await expect(page.getByText("The payment is under way")).toBeVisible();
  await expect(page.getByText("Paid. Have a good time!")).toBeVisible({ timeout: 75_000 });
});

test("points alone, the card alone and some of each add up to the same price", async ({ page, visitor }) => {
  const rich = await register();
  await charge(rich, 100_000);
  await atTheCheckout(page, "R4", rich);
  await expect(page.getByText("You have 100,000 P")).toBeVisible();
  const amount = page.getByLabel("Use points", { exact: true });
  await amount.fill("45000");
  await expect(page.getByRole("button", { name: "Pay ₩15,000 by card" })).toBeVisible();
  // No more than there is to pay.
  await amount.fill("999999");
  await expect(amount).toHaveValue("60000");
  await page.getByRole("button", { name: "Pay with 60,000 P" }).click();
  await expectPaid(page);
  await eventually("the points are taken", async () => {
    const { body } = await rich.api.get("/points");
    return body?.balance === 40_000 ? true : undefined;
  });

  const other = await visitor();
  const hers = await register();
  await charge(hers, 500);
  await logIn(other, hers);
  const reservation = await hold(hers, hall, "R4-5");
  await other.goto(`/reservations/${reservation}/checkout`);
  // By keyboard, a step of the slider is one point where there are few.
  const slider = other.getByRole("slider", { name: "Points to use, slider" });
  await slider.focus();
  await other.keyboard.press("ArrowRight");
  await expect(other.getByRole("button", { name: "Pay ₩29,999 by card" })).toBeVisible();
  await other.getByRole("button", { name: "Use all" }).click();
  await other.getByRole("button", { name: "Pay ₩29,500 by card" }).click();
  await atTheGateway(other, "Pay");
  await expectPaid(other);
  await eventually("her points are taken", async () => {
    const { body } = await hers.api.get("/points");
    return body?.balance === 0 ? true : undefined;
  });
});

test("loading the gateway's way back again pays once", async ({ page }) => {
  const person = await register();
  await logIn(page, person);
  const reservation = await hold(person, hall, "R4-9");
  await page.goto(`/reservations/${reservation}/checkout`);
  await page.getByRole("button", { name: "Pay ₩30,000 by card" }).click();
  const [back] = await Promise.all([
    page.waitForRequest((request) => request.isNavigationRequest() && request.url().includes("/paid?")),
    atTheGateway(page, "Pay"),
  ]);
  await expectPaid(page);
  const paid = page.url();
  await page.goto(back.url());
  await expectPaid(page);
  expect(page.url()).toBe(paid);
});
