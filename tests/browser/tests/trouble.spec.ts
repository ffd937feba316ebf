import { open } from "../src/halls.js";
import { logIn, register } from "../src/people.js";
import { hold } from "../src/purchase.js";
import { mapDrawn, openSeats } from "../src/seats.js";
import { expect, test } from "../src/test.js";

const BUSY = {
  status: 503,
  contentType: "application/problem+json",
  body: '{"code":"unavailable","requestId":"req-1"}',
};

test.describe(() => {
  test.use({ tolerated: /status of 503|ERR_FAILED|ERR_INTERNET_DISCONNECTED/ });

  test("a server in trouble: said in words, with a way on that works", async ({ page }) => {
    const hall = await open();
    await page.route("**/api/v1/events/*", (route) => route.fulfill(BUSY));
    await page.goto(`/events/${hall.event}`);
    await expect(page.getByText("The service is busy. Try again in a moment.")).toBeVisible({
      timeout: 30_000,
    });
    await page.unroute("**/api/v1/events/*");
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(hall.title);
  });

  test("seats that cannot be refreshed are shown, and called old", async ({ page }) => {
    const hall = await open();
    await page.routeWebSocket("**/ws**", (socket) => socket.close());
    await openSeats(page, hall);
    await page.route("**/api/v1/seats/events/*", (route) => route.fulfill(BUSY));
    await expect(
      page.getByText("The seats cannot be refreshed now. What you see may be out of date."),
    ).toBeVisible({ timeout: 60_000 });
    await page.unroute("**/api/v1/seats/events/*");
    await expect(page.getByText("The seats cannot be refreshed now")).toBeHidden({ timeout: 30_000 });
  });

  test("offline is said while it lasts, and the page goes on by itself", async ({ page, context }) => {
    const hall = await open();
    await openSeats(page, hall);
    await context.setOffline(true);
    await expect(page.getByText(/You are offline/)).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByText(/You are offline/)).toBeHidden();
    await mapDrawn(page);
  });

  test("a checkout in trouble loses nothing", async ({ page }) => {
    const hall = await open();
    const person = await register();
    await logIn(page, person);
    const reservation = await hold(person, hall, "R1-1");
    await page.route("**/api/v1/reservations/*", (route) => route.fulfill(BUSY));
    await page.goto(`/reservations/${reservation}/checkout`);
    await page.getByRole("button", { name: "Try again" }).waitFor({ timeout: 30_000 });
    await page.unroute("**/api/v1/reservations/*");
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("button", { name: /^Pay ₩45,000 by card$/ })).toBeVisible();
  });
});

test("what does not exist says so, and leads on", async ({ page }) => {
  const nobody = "01a2153b-e1e3-70c3-b571-f6f1bd4f79df";
  await page.goto(`/events/evt_${nobody}`);
  await expect(page.getByText("This event is not here")).toBeVisible();
  await expect(page.getByRole("link", { name: "See all events" })).toBeVisible();
  await page.goto(`/announcements/ann_${nobody}`);
  await expect(page.getByText("This announcement is not here")).toBeVisible();
  await logIn(page, await register());
  await page.goto(`/reservations/rsv_${nobody}`);
  await expect(page.getByText("There is no such reservation in your account.")).toBeVisible();
});
