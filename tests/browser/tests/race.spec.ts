import { eventually, expectStatus } from "../src/api.js";
import { open } from "../src/halls.js";
import { logIn, register } from "../src/people.js";
import { hold } from "../src/purchase.js";
import { cart, openRow, openSeats, seatInList } from "../src/seats.js";
import { expect, test } from "../src/test.js";

test("two browsers race for a seat: the loser is told, sees what is lost and takes the next best", async ({
  page,
  visitor,
}) => {
  const hall = await open();
  const other = await visitor();
  const [ada, bob] = await Promise.all([register("Ada"), register("Bob")]);
  await logIn(page, ada);
  await logIn(other, bob);
  for (const racer of [page, other]) {
    await openSeats(racer, hall);
    await openRow(racer, "R2");
    await seatInList(racer, "R2", 5).click();
    await seatInList(racer, "R2", 6).click();
    await expect(cart(racer)).toHaveCount(2);
  }
  // Both requests are on their way before either has an answer: neither page can know of the other's.
  let release: () => void = () => undefined;
  const bothAsk = new Promise<void>((resolve) => {
    release = resolve;
  });
  let asking = 0;
  for (const racer of [page, other]) {
    await racer.route("**/api/v1/seats/reserve", async (route) => {
      asking += 1;
      if (asking === 2) release();
      await bothAsk;
      await route.continue();
    });
  }
  await Promise.all(
    [page, other].map((racer) => racer.getByRole("button", { name: "Reserve 2 seats" }).click()),
  );

  const [winner, loser] = await Promise.any(
    [
      [page, other],
      [other, page],
    ].map(async ([first, second]) => {
      if (!first || !second) throw new Error("two pages");
      await first.waitForURL("**/checkout");
      return [first, second] as const;
    }),
  );
  await expect(loser.getByText("Somebody else was faster")).toBeVisible();
  await expect(loser.getByRole("alert")).toContainText(
    "Stalls, row R2, seat 5 · Stalls, row R2, seat 6. Nothing was reserved",
  );
  await expect(cart(loser)).toHaveCount(0);
  await loser.unroute("**/api/v1/seats/reserve");
  await loser.getByRole("button", { name: "Take these instead" }).click();
  await expect(cart(loser)).toHaveCount(2);
  const names = await cart(loser).evaluateAll((buttons) => buttons.map((button) => button.ariaLabel ?? ""));
  const seats = names.map((name) => /row (R\d), seat (\d+)$/.exec(name));
  expect(seats[0]?.[1], "in one row").toBe(seats[1]?.[1]);
  expect(Math.abs(Number(seats[0]?.[2]) - Number(seats[1]?.[2])), "side by side").toBe(1);
  await loser.getByRole("button", { name: "Reserve 2 seats" }).click();
  await loser.waitForURL("**/checkout");
  expect(winner.url()).not.toBe(loser.url());
});

test("what others hold is seen at once, and so is that it is free again", async ({ page }) => {
  const hall = await open();
  await openSeats(page, hall);
  await openRow(page, "R1");
  await page.getByLabel("Only free seats").uncheck();
  const seat = seatInList(page, "R1", 3);
  await expect(seat).toHaveAccessibleName(/free$/);
  await seat.click();
  await expect(cart(page)).toHaveCount(1);

  const other = await register();
  const reservation = await hold(other, hall, "R1-3");
  // It was chosen but not held: it is gone, and that is said.
  await expect(page.getByText(/has just been taken by somebody else/)).toBeVisible();
  await expect(seat).toHaveAccessibleName(/held by somebody else, free again in \d:\d\d unless it is paid$/);
  await expect(seat).toHaveAttribute("aria-disabled", "true");
  await expect(cart(page)).toHaveCount(0);
  await expectStatus(204, other.api.delete(`/seats/reservation/${reservation}`));
  await expect(seat).toHaveAccessibleName(/free$/);
});

test("without live updates the page asks, and says that it does", async ({ page }) => {
  const hall = await open();
  await page.routeWebSocket("**/ws**", (socket) => socket.close());
  await openSeats(page, hall);
  await openRow(page, "R1");
  await page.getByLabel("Only free seats").uncheck();
  await expect(
    page.getByText("Live updates are interrupted; the map is refreshed every few seconds."),
  ).toBeVisible();
  await hold(await register(), hall, "R1-3");
  await expect(seatInList(page, "R1", 3)).toHaveAccessibleName(/held by somebody else/);
});

test.describe(() => {
  test.use({ tolerated: /ERR_CONNECTION_RESET/ });

  test("a double click on Reserve makes one hold, and so does trying again after a lost answer", async ({
    page,
  }) => {
    const hall = await open();
    const person = await register();
    await logIn(page, person);
    await openSeats(page, hall);
    await openRow(page, "R1");
    await seatInList(page, "R1", 1).click();
    const keys: (string | undefined)[] = [];
    // The first answer is lost on its way.
    await page.route("**/api/v1/seats/reserve", async (route) => {
      keys.push(route.request().headers()["idempotency-key"]);
      if (keys.length > 1) return route.continue();
      await route.fetch();
      return route.abort("connectionreset");
    });
    await page.getByRole("button", { name: "Reserve 1 seat" }).dblclick();
    await expect(page.getByText("The answer got lost. Nothing is reserved twice: try again.")).toBeVisible();
    expect(keys, "one request for two clicks").toHaveLength(1);
    await page.getByRole("button", { name: "Try again" }).dblclick();
    await page.waitForURL("**/checkout");
    expect(keys).toHaveLength(2);
    expect(keys[1]).toBe(keys[0]);
    const mine = await eventually("the reservation is listed", async () => {
      const { body } = await person.api.get("/reservations/my");
      return body?.items?.length > 0 ? body.items : undefined;
    });
    expect(mine).toHaveLength(1);
  });
});

test("whoever goes back from the checkout is told what is held for them, and can give it back", async ({
  page,
}) => {
  const hall = await open();
  await logIn(page, await register());
  await openSeats(page, hall);
  await openRow(page, "R1");
  await seatInList(page, "R1", 1).click();
  await page.getByRole("button", { name: "Reserve 1 seat" }).click();
  // The address changes first: until the page does, there is nothing to come back from.
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Payment");
  await page.goBack();
  const notice = page.getByRole("alert").filter({ hasText: "Seats are already held for you here" });
  await expect(notice).toContainText(/₩45,000 · Time left to pay [0-5]:\d\d/);
  await openRow(page, "R1");
  await page.getByLabel("Only free seats").uncheck();
  await expect(seatInList(page, "R1", 1)).toHaveAccessibleName(/held for you$/);
  await notice.getByRole("button", { name: "Give them back" }).press("Enter");
  await expect(notice).toBeHidden();
  // The button is gone, and the focus is not lost with it.
  await expect(page.getByRole("heading", { name: "Your seats" })).toBeFocused();
  await expect(seatInList(page, "R1", 1)).toHaveAccessibleName(/free$/);
});

test("a seat that somebody else takes keeps the focus of who was about to choose it", async ({ page }) => {
  const hall = await open();
  await openSeats(page, hall);
  await openRow(page, "R1");
  const seat = seatInList(page, "R1", 3);
  await seat.focus();
  await hold(await register(), hall, "R1-3");
  await expect(seat).toHaveAttribute("aria-disabled", "true");
  await expect(seat).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(seat).toHaveCount(0);
});

test("seats that are held already are in the way of others, until they are given back", async ({ page }) => {
  const hall = await open();
  const person = await register();
  await logIn(page, person);
  await hold(person, hall, "R1-1");
  await openSeats(page, hall);
  await openRow(page, "R3");
  await seatInList(page, "R3", 1).click();
  await page.getByRole("button", { name: "Reserve 1 seat" }).click();
  await expect(page.getByText("Seats are already held for you here")).toBeVisible();
  await expect(page.getByRole("link", { name: "Go on to payment" })).toBeVisible();
  await page.getByRole("button", { name: "Give them back" }).click();
  await expect(page.getByText("Seats are already held for you here")).toBeHidden();
  await page.getByRole("button", { name: "Reserve 1 seat" }).click();
  await page.waitForURL("**/checkout");
  await page.getByRole("button", { name: "Give the seats back" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Give the seats back" }).click();
  await expect(page).toHaveURL(new RegExp(`/performances/${hall.performance}$`));
});
