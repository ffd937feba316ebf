import { randomUUID } from "node:crypto";
import { expectStatus } from "../src/api.js";
import { open } from "../src/halls.js";
import { admin, googleAccount, logIn, PASSWORD, register } from "../src/people.js";
import { buy, hold } from "../src/purchase.js";
import { expect, test } from "../src/test.js";

test("registering: what is wrong is said at its field, and an address is taken once", async ({ page }) => {
  const email = `${randomUUID()}@example.com`;
  await page.goto("/register");
  const [name, mail, password] = [
    page.getByLabel("Name"),
    page.getByLabel("E-mail"),
    page.getByLabel("Password", { exact: true }),
  ];
  const submit = page.getByRole("main").getByRole("button", { name: "Create account" });
  await submit.click();
  await expect(name).toBeFocused();
  await expect(name).toHaveAttribute("aria-invalid", "true");
  await expect(name).toHaveAccessibleDescription(/Enter your name/);

  await name.fill("Grace Hopper");
  await mail.fill("not an address");
  await password.fill("short");
  await submit.click();
  await expect(mail).toBeFocused();
  await expect(mail).toHaveAccessibleDescription(/Enter an e-mail address/);
  await expect(password).toHaveAccessibleDescription(/10 to 128 characters/);

  await mail.fill(email);
  await password.fill(PASSWORD);
  await page.getByRole("button", { name: "Show password" }).click();
  await expect(password).toHaveAttribute("type", "text");
  await submit.click();
  await expect(page.getByRole("navigation", { name: "Account" }).getByText("Grace Hopper")).toBeVisible();

  await page.context().clearCookies();
  await page.evaluate(() => localStorage.clear());
  await page.goto("/register");
  await name.fill("Somebody Else");
  await mail.fill(email.toUpperCase());
  await password.fill(PASSWORD);
  await submit.click();
  await expect(page.getByText("There is an account with this address already.")).toBeVisible();
  await page.getByRole("link", { name: "Log in instead" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Log in");
});

test("a wrong password is refused in words, and after many the form waits", async ({ page }) => {
  const person = await register();
  await page.goto("/login?next=/points");
  await page.getByLabel("E-mail").fill(person.email);
  const password = page.getByLabel("Password", { exact: true });
  const submit = page.getByRole("main").getByRole("button", { name: /^(Log in|Try again in)/ });
  await expect(async () => {
    await password.fill("not the password");
    await submit.click();
    await expect(page.getByText(/E-mail or password is wrong|Too many wrong passwords/)).toBeVisible();
    await expect(submit).toHaveText(/Try again in \d/, { timeout: 1_500 });
  }).toPass({ timeout: 60_000 });
  await expect(submit).toBeDisabled();
});

test.describe(() => {
  // The provider's page wants a style sheet from elsewhere, which it does not get here.
  test.use({ tolerated: /jsdelivr|favicon/ });

  test("Google: going there and coming back logged in", async ({ page, context }) => {
    await context.route("https://cdn.jsdelivr.net/**", (route) => route.abort());
    const subject = await googleAccount("Grace Hopper");
    await page.goto("/login?next=/notifications");
    await page.getByRole("button", { name: "Continue with Google" }).click();
    await page.waitForURL(/client_id=/);
    await page.locator("input[name=sub]").fill(subject);
    await page.locator("form button, form input[type=submit]").first().click();
    await expect(page).toHaveURL("/notifications");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Notifications");
  });
});

test("Google: an answer that nobody asked for logs nobody in", async ({ page }) => {
  await page.goto("/login/google?code=stolen&state=stolen");
  await expect(
    page.getByText("This log-in was begun in another tab, or too long ago. Begin again."),
  ).toBeVisible();
  await page.goto("/login/google?error=access_denied&state=x");
  await expect(page.getByText("You stopped at Google; nothing has changed.")).toBeVisible();
});

test("the profile: a new name is everywhere at once", async ({ page }) => {
  await logIn(page, await register("Ada Byron"));
  await page.goto("/profile");
  const name = page.getByLabel("Name");
  await expect(name).toHaveValue("Ada Byron");
  await name.fill("Ada Lovelace");
  await page.getByRole("main").getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Account" }).getByText("Ada Lovelace")).toBeVisible();
  await page.reload();
  await expect(name).toHaveValue("Ada Lovelace");
});

test("notifications are counted until they are read", async ({ page }) => {
  const hall = await open();
  const person = await register();
  await buy(person, hall, "R1-1");
  await logIn(page, person);
  await page.goto("/notifications");
  const news = page.getByRole("main").getByRole("listitem");
  await expect(async () => {
    await page.reload();
    await expect(news.first()).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 45_000 });
  await expect(news.first()).toContainText(hall.title);
  await expect(
    page.getByRole("navigation", { name: "Account" }).getByText("Notifications, 1 unread"),
  ).toHaveCount(1);
});

test("cancelling: the quote comes first, the money comes back", async ({ page }) => {
  const hall = await open({ price: 50_000 });
  const person = await register();
  const reservation = await buy(person, hall, "R1-1", "R1-2");
  await logIn(page, person);
  await page.goto("/reservations");
  await page.getByRole("main").getByRole("link", { name: hall.title }).click();
  await expect(page).toHaveURL(`/reservations/${reservation}`);
  await page.getByRole("button", { name: "Cancel reservation" }).click();
  const dialog = page.getByRole("dialog", { name: "Cancel this reservation?" });
  await expect(dialog.getByText("You get back")).toBeVisible();
  await expect(dialog).toContainText("₩100,000");
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "Cancel reservation" }).click();
  await dialog.getByRole("button", { name: "Cancel and refund" }).click();
  await expect(page.getByRole("main").getByText("Refunded", { exact: true })).toBeVisible({
    timeout: 45_000,
  });
  await expect(page.getByRole("link", { name: "Show tickets" })).toHaveCount(0);
});

test("a reservation that changed meanwhile is not cancelled unseen", async ({ page }) => {
  const hall = await open();
  const person = await register();
  const reservation = await buy(person, hall, "R1-1");
  await logIn(page, person);
  await page.goto(`/reservations/${reservation}`);
  await page.getByRole("button", { name: "Cancel reservation" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("You get back")).toBeVisible();
  await expectStatus(200, (await admin()).api.post(`/admin/events/${hall.event}/cancel`));
  await expect(dialog.getByText("The reservation has changed meanwhile. Nothing was cancelled.")).toBeVisible(
    {
      timeout: 30_000,
    },
  );
});

test("a question that is open stays while a payment begins elsewhere", async ({ page }) => {
  const hall = await open();
  const person = await register();
  const reservationId = await hold(person, hall, "R1-1");
  await logIn(page, person);
  await page.goto(`/reservations/${reservationId}`);
  await page.getByRole("button", { name: "Give the seats back" }).click();
  const dialog = page.getByRole("dialog", { name: "Give the seats back?" });
  await expect(dialog.getByText(/Nothing was charged/)).toBeVisible();
  const order = { reservationId, method: "CARD", paymentKey: `ok_${randomUUID()}` };
  await expectStatus(202, person.api.post("/payments", order, { "Idempotency-Key": randomUUID() }));
  await expect(dialog.getByText("The reservation has changed meanwhile. Nothing was cancelled.")).toBeVisible(
    { timeout: 30_000 },
  );
});

test("a cancellation that is under way cannot be taken back by closing the question", async ({ page }) => {
  const hall = await open();
  const person = await register();
  const reservation = await buy(person, hall, "R1-1");
  await logIn(page, person);
  await page.goto(`/reservations/${reservation}`);
  await page.getByRole("button", { name: "Cancel reservation" }).click();
  const dialog = page.getByRole("dialog", { name: "Cancel this reservation?" });
  await expect(dialog.getByText("You get back")).toBeVisible();
  let send = () => {};
  const sent = new Promise<void>((resolve) => {
    send = resolve;
  });
  await page.route("**/cancel", async (route) => {
    await sent;
    await route.continue();
  });
  await dialog.getByRole("button", { name: "Cancel and refund" }).click();
  await expect(dialog.getByRole("button", { name: "Keep it" })).toBeDisabled();
  // The second of two in a row closes a dialog whatever the page says to the first.
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeVisible();
  send();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("main").getByText("Refunded", { exact: true })).toBeVisible({
    timeout: 45_000,
  });
});

test("tickets that were shown once are there without a network", async ({ page, context }) => {
  const hall = await open();
  const person = await register();
  const reservation = await buy(person, hall, "R2-7");
  await logIn(page, person);
  await page.goto(`/reservations/${reservation}/tickets`);
  const code = page.getByRole("img", { name: "QR code of ticket 1 of 1" });
  await expect(code).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText(/You are offline/)).toBeVisible();
  await expect(code).toBeVisible();
});
