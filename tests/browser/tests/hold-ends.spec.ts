import { open } from "../src/halls.js";
import { longHold } from "../src/long-hold.js";
import { logIn, register } from "../src/people.js";
import { hold } from "../src/purchase.js";
import { mapDrawn, openRow, seatInList } from "../src/seats.js";
import { expect, test } from "../src/test.js";

test("a hold that nobody pays for ends: the page says so, and the seats are free", async ({
  page,
  visitor,
}) => {
  const { email, event, performance, reservation, expiresAt } = longHold();
  const end = Date.parse(expiresAt) - Date.now();
  test.setTimeout(Math.max(0, end) + 120_000);
  const seats = `/events/${event}/performances/${performance}`;

  const other = await visitor();
  await other.goto(seats);
  await mapDrawn(other);
  await openRow(other, "R2");
  await other.getByLabel("Only free seats").uncheck();
  const seat = seatInList(other, "R2", 5);
  await logIn(page, { email });
  await page.goto(`/reservations/${reservation}/checkout`);
  const over = page.getByRole("alert").getByText("The time for these seats is over");
  await expect(over).toBeVisible({ timeout: Math.max(0, end) + 15_000 });
  expect(Date.now(), "not before it is").toBeGreaterThanOrEqual(Date.parse(expiresAt) - 3_000);
  await expect(page.getByText(/Nothing was charged/)).toBeVisible();
  await expect(page.getByRole("button", { name: /^Pay/ })).toHaveCount(0);
  await expect(seat).toHaveAccessibleName(/free$/, { timeout: 30_000 });
  await page.getByRole("link", { name: "Back to the seats" }).click();
  await expect(page).toHaveURL(seats);
  // The same seats can be had again, by the same person.
  await mapDrawn(page);
  await openRow(page, "R2");
  await seatInList(page, "R2", 5).click();
  await expect(async () => {
    await page.getByRole("button", { name: "Reserve 1 seat" }).click();
    await page.waitForURL("**/checkout", { timeout: 5_000 });
  }).toPass({ timeout: 40_000 });
});

test("the last minute is said, and the end to whoever was about to pay", async ({ page }) => {
  test.slow();
  const hall = await open();
  const person = await register();
  const reservation = await hold(person, hall, "R1-1");
  await logIn(page, person);
  // As it is toward the end of the five minutes.
  const expiresAt = new Date(Date.now() + 75_000).toISOString();
  await page.route(`**/api/v1/reservations/${reservation}`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), expiresAt } });
  });
  await page.goto(`/reservations/${reservation}/checkout`);
  const clock = page.getByRole("timer", { name: "Time left to pay" });
  const late = page.getByText("Less than a minute is left.");
  await expect(clock).toHaveText(/^1:[01]\d$/);
  await expect(late).toBeHidden();
  await expect(clock).toHaveText(/^0:5\d$/, { timeout: 30_000 });
  await expect(late).toBeVisible();
  await page.getByRole("button", { name: /^Pay/ }).focus();
  await expect(page.getByRole("alert")).toContainText("The time for these seats is over", {
    timeout: 75_000,
  });
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
});
