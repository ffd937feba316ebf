import { expectStatus } from "../src/api.js";
import { open } from "../src/halls.js";
import { logIn, register } from "../src/people.js";
import { buy, hold } from "../src/purchase.js";
import { openRow, openSeats, seatInList } from "../src/seats.js";
import { expect, test } from "../src/test.js";

const BUSY = {
  status: 503,
  contentType: "application/problem+json",
  body: '{"code":"unavailable","requestId":"req-1"}',
};

test.describe(() => {
  test.use({ tolerated: /status of 503|ERR_FAILED|: offline|ERR_INTERNET_DISCONNECTED/ });

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
    const other = await register();
    await openSeats(page, hall);
    await openRow(page, "R1");
    await page.getByLabel("Only free seats").uncheck();
    const seat = seatInList(page, "R1", 3);
    await expect(seat).toHaveAccessibleName(/free$/);
    await context.setOffline(true);
    await expect(page.getByText(/You are offline/)).toBeVisible();
    await hold(other, hall, "R1-3");
    await context.setOffline(false);
    await expect(page.getByText(/You are offline/)).toBeHidden();
    await expect(seat).toHaveAccessibleName(/held by somebody else/);
  });

  test("what is asked for offline is not done later by itself", async ({ page, context }) => {
    const hall = await open();
    const person = await register();
    await logIn(page, person);
    await openSeats(page, hall);
    await openRow(page, "R1");
    await seatInList(page, "R1", 3).click();
    await context.setOffline(true);
    await page.getByRole("button", { name: "Reserve 1 seat" }).click();
    await expect(page.getByText("The answer got lost. Nothing is reserved twice: try again.")).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByText(/You are offline/)).toBeHidden();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.waitForURL("**/checkout");
    await expect
      .poll(async () => (await expectStatus(200, person.api.get("/reservations/my"))).items.length)
      .toBe(1);
  });

  test("a reservation that one keeps after all, offline, is kept", async ({ page, context }) => {
    const hall = await open();
    const person = await register();
    const reservation = await buy(person, hall, "R1-1");
    await logIn(page, person);
    await page.goto(`/reservations/${reservation}`);
    const cancel = page.getByRole("button", { name: "Cancel reservation" });
    const dialog = page.getByRole("dialog", { name: "Cancel this reservation?" });
    await cancel.click();
    await expect(dialog.getByText("You get back")).toBeVisible();
    await context.setOffline(true);
    await dialog.getByRole("button", { name: "Cancel and refund" }).click();
    await expect(dialog.getByText("No connection. Check your network and try again.")).toBeVisible();
    await dialog.getByRole("button", { name: "Keep it" }).click();
    await expect(dialog).toBeHidden();
    await context.setOffline(false);
    await expect(page.getByText(/You are offline/)).toBeHidden();
    // The server is heard again, and asked: it has nothing to cancel.
    await cancel.click();
    await expect(dialog.getByText("You get back")).toBeVisible();
    const { status } = await expectStatus(200, person.api.get(`/reservations/${reservation}`));
    expect(status).toBe("CONFIRMED");
  });

  test("a page that cannot be loaded says why, and is loaded when it can be", async ({ page, context }) => {
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const link = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Announcements" });
    await context.setOffline(true);
    await link.click();
    await expect(page.getByText("No connection. Check your network and try again.")).toBeVisible();
    await context.setOffline(false);
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Announcements");
  });

  test("an application that cannot be loaded leaves no blank page", async ({ page }) => {
    const application = /\/assets\/start-/;
    await page.route(application, (route) => route.abort());
    await page.goto("/");
    await expect(page.getByText("The page could not be loaded.")).toBeVisible();
    await page.unroute(application);
    await page.getByRole("link", { name: "Try again" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  });

  test("points that cannot be read are not called none", async ({ page }) => {
    const hall = await open();
    const person = await register();
    await logIn(page, person);
    const reservation = await hold(person, hall, "R1-1");
    await page.route("**/api/v1/points", (route) => route.fulfill(BUSY));
    await page.goto(`/reservations/${reservation}/checkout`);
    await expect(page.getByRole("button", { name: "Pay ₩45,000 by card" })).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText("The service is busy. Try again in a moment.")).toBeVisible();
    await expect(page.getByText("You have no points.")).toBeHidden();
    await page.unroute("**/api/v1/points");
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByText("You have no points.")).toBeVisible();
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
