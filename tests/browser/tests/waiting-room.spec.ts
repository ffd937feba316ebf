import { expectStatus } from "../src/api.js";
import { guard, open } from "../src/halls.js";
import { logIn, register } from "../src/people.js";
import { cart, mapDrawn, openRow, seatInList } from "../src/seats.js";
import { expect, test } from "../src/test.js";

// Letting in and leaving wait for workers that run every few seconds.
const TURN = { timeout: 45_000 };

test("one is let in, the other waits and comes in by itself when the first has left", async ({
  page,
  visitor,
}) => {
  test.slow();
  const hall = await open();
  await guard(hall, { capacity: 1 });
  const [ada, bob] = await Promise.all([register("Ada"), register("Bob")]);
  await logIn(page, ada);
  await page.goto(`/events/${hall.event}`);
  await page.getByRole("link", { name: "Join the waiting room" }).click();
  await expect(page).toHaveURL(new RegExp(`/performances/${hall.performance}$`), TURN);
  await mapDrawn(page);
  // A reload forgets what lets one in, and asks for it anew before it ends.
  const asked = page.waitForRequest(`**/api/v1/queue/check/${hall.event}`);
  await page.reload();
  await asked;
  await mapDrawn(page);

  const other = await visitor();
  await logIn(other, bob);
  // Who goes straight to the seats may look, and is led to the line when it matters.
  await other.goto(`/events/${hall.event}/performances/${hall.performance}`);
  await mapDrawn(other);
  await openRow(other, "R1");
  await seatInList(other, "R1", 2).click();
  await other.getByRole("button", { name: "Reserve 1 seat" }).click();
  await expect(other).toHaveURL(/\/wait\?performance=/);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Waiting room");
  await expect(
    other.getByText("You are next").or(other.getByText("It is almost your turn")).first(),
  ).toBeVisible(TURN);
  await expect(other.getByRole("heading", { name: "What happens next" })).toBeVisible();
  // A reload keeps the place.
  await other.reload();
  await expect(
    other.getByText("You are next").or(other.getByText("It is almost your turn")).first(),
  ).toBeVisible(TURN);

  // The first buys and leaves the sale.
  await page.getByRole("group", { name: "How many seats" }).getByRole("radio", { name: "1" }).check();
  await page.getByRole("button", { name: /^R × 1/ }).click();
  await page.waitForURL("**/checkout");
  await page.getByRole("button", { name: "Give the seats back" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Give the seats back" }).click();
  await expect(page).toHaveURL(new RegExp(`/performances/${hall.performance}$`));
  await expectStatus(204, ada.api.post(`/queue/leave/${hall.event}`));

  await expect(other).toHaveURL(new RegExp(`/performances/${hall.performance}$`), { timeout: 90_000 });
  await mapDrawn(other);
  await openRow(other, "R1");
  if ((await cart(other).count()) === 0) await seatInList(other, "R1", 2).click();
  await other.getByRole("button", { name: "Reserve 1 seat" }).click();
  await other.waitForURL("**/checkout");
});

test("leaving the line asks first, and gives the place up", async ({ page }) => {
  const hall = await open();
  await guard(hall, { capacity: 1 });
  const inside = await register();
  await expect
    .poll(async () => (await inside.api.post(`/queue/check/${hall.event}`)).body?.status, TURN)
    .toBe("ADMITTED");
  await logIn(page, await register());
  await page.goto(`/events/${hall.event}/wait?performance=${hall.performance}`);
  await page.getByRole("button", { name: "Leave the line" }).click(TURN);
  const dialog = page.getByRole("dialog", { name: "Leave the line?" });
  await expect(dialog).toContainText("Your place is lost.");
  await dialog.getByRole("button", { name: "Stay" }).click();
  await page.getByRole("button", { name: "Leave the line" }).click();
  await dialog.getByRole("button", { name: "Leave the line" }).click();
  await expect(page).toHaveURL(`/events/${hall.event}`);
});

test("the draw: a ticket before the opening, a seed to check afterwards, and in", async ({ page }) => {
  test.slow();
  const hall = await open();
  await guard(hall, {
    capacity: 2,
    opensAt: new Date(Date.now() + 35_000).toISOString(),
    preQueueMinutes: 30,
  });
  await logIn(page, await register());
  await page.goto(`/events/${hall.event}`);
  await page.getByRole("link", { name: "Enter the draw" }).click();
  await expect(page.getByRole("heading", { name: "You are in the draw" })).toBeVisible();
  await expect(page).toHaveTitle(/draw/i);
  await page.getByRole("button", { name: "How the draw works, and how to check it" }).click();
  const dialog = page.getByRole("dialog", { name: "A draw that anybody can check" });
  await expect(dialog.getByText("Published when the draw is over")).toBeVisible();
  await expect(dialog).toContainText(/[0-9a-f]{64}/);
  await expect(dialog).toContainText("make verify-draw");
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(page).toHaveURL(new RegExp(`/performances/${hall.performance}$`), { timeout: 120_000 });
  await mapDrawn(page);
});
