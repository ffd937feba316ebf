import type { Page } from "@playwright/test";
import { eventually, expectStatus } from "../src/api.js";
import { type Hall, open } from "../src/halls.js";
import { logIn, type Person, register } from "../src/people.js";
import { atTheGateway, buy, charge, expectPaid, hold } from "../src/purchase.js";
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
  const declined = page.url();
  await page.getByRole("link", { name: "Pay in another way" }).click();
  await expect(page).toHaveURL(checkout);
  await page.getByRole("button", { name: "Pay ₩60,000 by card" }).click();
  await atTheGateway(page, "Pay");
  await expectPaid(page);
  // What is told of the first is not that the seats are lost.
  await page.goto(declined);
  await expect(page.getByText("This is paid")).toBeVisible();
  await expect(page.getByText(/free for everybody again/)).toHaveCount(0);
  await page.getByRole("link", { name: "Show tickets" }).click();
  await expect(page).toHaveURL(/\/tickets$/);
});

test("the last try is told of, not one before it", async ({ page }) => {
  const rich = await register();
  await charge(rich, 30_000);
  await logIn(page, rich);
  const reservation = await hold(rich, hall, "R2-5");
  await page.goto(`/reservations/${reservation}/checkout`);
  await page.getByRole("button", { name: "Pay ₩30,000 by card" }).click();
  await atTheGateway(page, "Cancel");
  await expect(page.getByText("You left the payment page.")).toBeVisible();
  await page.route("**/api/v1/payments", (route) =>
    route.fulfill({ status: 409, contentType: "application/problem+json", body: '{"code":"sale_closed"}' }),
  );
  await page.getByRole("button", { name: "Use all" }).click();
  await page.getByRole("button", { name: "Pay with 30,000 P" }).click();
  await expect(page.getByText("The sale has closed. Nothing was charged.")).toBeVisible();
  await expect(page.getByText("You left the payment page.")).toBeHidden();
});

test("whoever goes back from the gateway by the browser's own button can pay", async ({ page }) => {
  const person = await register();
  await logIn(page, person);
  const reservation = await hold(person, hall, "R3-5");
  await page.goto(`/reservations/${reservation}/checkout`);
  // A page that the browser has kept, as it is when it is shown again.
  const gateway = "**/checkout?orderId=*";
  await page.route(gateway, (route) => route.fulfill({ status: 204 }));
  const pay = page.getByRole("button", { name: "Pay ₩30,000 by card" });
  await pay.click();
  await expect(pay).toHaveAttribute("aria-busy", "true");
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await expect(pay).not.toHaveAttribute("aria-busy");
  await page.unroute(gateway);
  await pay.click();
  await atTheGateway(page, "Pay");
  await expectPaid(page);
});

test("tickets are promised once the reservation is confirmed, and not before", async ({ page }) => {
  const person = await register();
  await logIn(page, person);
  const reservation = await buy(person, hall, "R3-7");
  const { paymentId } = await expectStatus(200, person.api.get(`/reservations/${reservation}`));
  let stands: object = { status: "PENDING", paymentStatus: "PROCESSING" };
  await page.route(`**/api/v1/reservations/${reservation}`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), ...stands } });
  });
  const link = page.getByRole("link", { name: "Show tickets" });
  await page.goto(`/payments/${paymentId}`);
  await expect(page.getByText(/We confirm the reservation now/)).toBeVisible();
  await expect(link).toHaveCount(0);
  stands = {};
  await expectPaid(page);
  await expect(link).toBeVisible();

  stands = { status: "PENDING", paymentStatus: "PROCESSING" };
  await page.goto(`/reservations/${reservation}/tickets`);
  await expect(page.getByText("There are tickets once the reservation is paid.")).toBeVisible();
  stands = {};
  await expect(page.getByRole("img", { name: "QR code of ticket 1 of 1" })).toBeVisible();

  // The bank may still say yes, and what it took is paid back: neither is nothing.
  stands = { status: "EXPIRED", paymentStatus: "PROCESSING" };
  await page.goto(`/reservations/${reservation}/checkout`);
  await expect(page.getByText("A payment for this is under way.")).toBeVisible();
  stands = { status: "EXPIRED", paymentStatus: "SUCCESS" };
  await page.reload();
  await expect(page.getByText("The time for these seats is over")).toBeVisible();
  await expect(page.getByText(/Nothing was charged/)).toHaveCount(0);
  await expect(page.getByRole("link", { name: "To the reservation" })).toBeVisible();
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
  await slider.focus();
  await other.keyboard.press("ArrowLeft");
  await expect(other.getByRole("button", { name: "Pay ₩29,501 by card" })).toBeVisible();
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
