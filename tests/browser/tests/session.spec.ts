import type { Page } from "@playwright/test";
import { BASE_URL } from "../src/environment.js";
import { open } from "../src/halls.js";
import { logIn, PASSWORD, register } from "../src/people.js";
import { cart, openRow, openSeats, seatInList } from "../src/seats.js";
import { expect, test } from "../src/test.js";

/** Logs in by the form that is shown. */
async function fillIn(page: Page, email: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Log in", exact: true }).click();
}

/** The button with one's name, which opens the menu of the account. */
function account(page: Page, name = "Ada Lovelace") {
  return page.getByRole("navigation", { name: "Account" }).locator("summary", { hasText: name });
}

test("the session is a cookie that no script reads and no other site sends", async ({ page, context }) => {
  const person = await register();
  await page.goto("/login");
  await fillIn(page, person.email);
  await expect(account(page)).toBeVisible();
  const cookies = (await context.cookies()).filter(({ value }) => value.length > 20);
  expect(cookies).toHaveLength(1);
  expect(cookies[0]).toMatchObject({ httpOnly: true, secure: true, sameSite: "Strict" });
  expect(await page.evaluate(() => document.cookie)).not.toContain(cookies[0]?.value);
  // A reload finds it, a log-out removes it.
  await page.reload();
  await account(page).click();
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page.getByRole("link", { name: "Log in" })).toBeVisible();
  expect((await context.cookies()).filter(({ value }) => value.length > 20)).toEqual([]);
});

test("logging out in one tab logs out in the other, which says so", async ({ page, context }) => {
  const hall = await open();
  await logIn(page, await register());
  await page.goto(`/events/${hall.event}`);
  const other = await context.newPage();
  await other.goto("/reservations");
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("My reservations");
  await account(page).click();
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(other).toHaveURL(/\/login/);
  await expect(other.getByText("You were logged out in another tab.")).toBeVisible();
  // What was shown to one is not shown to the next.
  await other.goto("/reservations");
  await expect(other).toHaveURL(/\/login\?next=%2Freservations/);
});

test("a page for everybody stays when somebody logs out elsewhere, and says so", async ({
  page,
  context,
}) => {
  const hall = await open();
  await logIn(page, await register());
  await page.goto("/");
  const other = await context.newPage();
  await other.goto(`/events/${hall.event}`);
  await expect(account(other)).toBeVisible();
  await account(page).click();
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(other.getByText("You were logged out in another tab.")).toBeVisible();
  await expect(other.getByRole("heading", { level: 1 })).toHaveText(hall.title);
});

test("a session that ended: log in again, and the choice is still there", async ({ page, context }) => {
  const hall = await open();
  const person = await register();
  await logIn(page, person);
  await openSeats(page, hall);
  await openRow(page, "R2");
  await seatInList(page, "R2", 4).click();
  await expect(cart(page)).toHaveCount(1);
  // The session ends on the server's side, and the page's token with it.
  await context.clearCookies();
  await page.route("**/api/v1/seats/reserve", (route) =>
    route.fulfill({ status: 401, contentType: "application/problem+json", body: '{"code":"unauthorized"}' }),
  );
  await page.getByRole("button", { name: "Reserve 1 seat" }).click();
  await expect(page).toHaveURL(/\/login\?next=/);
  await page.unroute("**/api/v1/seats/reserve");
  await fillIn(page, person.email);
  await expect(page).toHaveURL(new RegExp(`/performances/${hall.performance}`));
  await expect(page.getByRole("button", { name: "Drop Stalls, row R2, seat 4" })).toBeVisible();
  await page.getByRole("button", { name: "Reserve 1 seat" }).click();
  await page.waitForURL("**/checkout");
});

test("two tabs that renew at once both stay logged in", async ({ page, context }) => {
  const person = await register();
  await page.goto("/login");
  await fillIn(page, person.email);
  await expect(account(page)).toBeVisible();
  // Both load anew, again and again: each begins with the same cookie, which is good once.
  const other = await context.newPage();
  for (let round = 0; round < 3; round += 1) {
    await Promise.all([page.goto("/reservations"), other.goto("/reservations")]);
    for (const tab of [page, other]) {
      await expect(tab.getByRole("heading", { level: 1 })).toHaveText("My reservations");
      await expect(tab.getByText("No reservations yet")).toBeVisible();
    }
  }
});

test("a link cannot send somebody who logs in to another site", async ({ page }) => {
  const person = await register();
  for (const next of ["//evil.example/", "/\\evil.example", "https://evil.example/", "javascript:alert(1)"]) {
    await page.context().clearCookies();
    await page.goto(`/login?next=${encodeURIComponent(next)}`);
    await page.evaluate(() => localStorage.clear());
    await page.goto(`/login?next=${encodeURIComponent(next)}`);
    await fillIn(page, person.email);
    await expect(account(page)).toBeVisible();
    expect(new URL(page.url()).origin).toBe(BASE_URL);
  }
});
