import { eventually, expectStatus } from "../src/api.js";
import { findable, open } from "../src/halls.js";
import { admin } from "../src/people.js";
import { expect, test } from "../src/test.js";

test("searching: words, filters and their order are in the address, and can be taken away", async ({
  page,
}) => {
  const word = `Quartett${process.pid}${Date.now() % 10_000}`;
  const [concert, play] = [
    await open({ title: `${word} in C`, quota: 10 }),
    await open({ title: `${word} auf der Bühne`, category: "theatre", quota: 10 }),
  ];
  await findable(concert);
  await findable(play);
  await page.goto("/events");
  const results = page.getByRole("region", { name: "Results" });
  await page.getByRole("searchbox").fill(word);
  await expect(results.getByRole("status")).toHaveText("2 events");
  await expect(page).toHaveURL(new RegExp(`q=${word}`));

  await page.getByLabel("Category", { exact: true }).selectOption("Theatre");
  await expect(results.getByRole("status")).toHaveText("1 event");
  await expect(results.getByRole("link", { name: play.title })).toBeVisible();
  // The address is the search: a reload and the way back show the same.
  await page.reload();
  await expect(results.getByRole("status")).toHaveText("1 event");
  await page.getByRole("button", { name: "Remove filter: Theatre" }).click();
  await expect(results.getByRole("status")).toHaveText("2 events");

  await page.getByRole("searchbox").fill(`${word} nowhere`);
  await expect(page.getByText(`Nothing found for “${word} nowhere”`)).toBeVisible();
  await page.getByRole("main").getByRole("button", { name: "Remove all filters" }).click();
  await expect(results.getByRole("link").first()).toBeVisible();
  expect(new URL(page.url()).searchParams.get("q")).toBeNull();
});

test("more results come behind those that are there, and the focus stays", async ({ page }) => {
  const word = `Serie${process.pid}${Date.now() % 10_000}`;
  const halls = await Promise.all(
    Array.from({ length: 4 }, (_, index) => open({ title: `${word} ${index}`, quota: 5 })),
  );
  for (const hall of halls) await findable(hall);
  // Pages of two, so that four events are two of them.
  await page.route("**/api/v1/events?*", (route) => {
    const url = new URL(route.request().url());
    url.searchParams.set("limit", "2");
    return route.continue({ url: url.toString() });
  });
  await page.goto(`/events?q=${word}`);
  const cards = page.getByRole("region", { name: "Results" }).getByRole("link", { name: word });
  await expect(cards).toHaveCount(2);
  const more = page.getByRole("button", { name: "Show more" });
  await more.focus();
  await page.keyboard.press("Enter");
  await expect(cards).toHaveCount(4);
  await expect(more).toBeHidden();
  expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
});

test("a pinned announcement is on the start page, and is read on a page of its own", async ({ page }) => {
  const { api } = await admin();
  const title = `Hall closed on ${Date.now()}`;
  const { id } = await expectStatus(
    201,
    api.post("/admin/announcements", {
      title,
      body: "The roof is mended.\nTickets stay good.",
      pinned: true,
    }),
  );
  await eventually("the announcement is public", async () => {
    const { body } = await api.get("/announcements");
    return body?.items?.some((item: { id: string }) => item.id === id) ? true : undefined;
  });
  await page.goto("/announcements");
  await page.getByRole("main").getByRole("link", { name: title }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect(page.getByText("The roof is mended.")).toBeVisible();
  await page.goto("/");
  await expect(page.getByRole("main").getByRole("link", { name: title })).toBeVisible();
  await expectStatus(204, api.delete(`/admin/announcements/${id}`));
});

test("an event of many days: a calendar leads to each of them", async ({ page }) => {
  const hall = await open({ performances: 10, quota: 20 });
  await page.goto(`/events/${hall.event}`);
  const days = page.getByRole("button", { name: /, 1 performance/ });
  await expect(days.first()).toBeVisible();
  await days.last().click();
  await expect(days.last()).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("link", { name: "Choose tickets" }).click();
  await expect(page).toHaveURL(/\/performances\/prf_/);
});

test("who looks on from another zone sees the venue's time, and its zone", async ({ visitor }) => {
  const hall = await open({ quota: 5 });
  const page = await visitor({ timezoneId: "America/New_York" });
  await page.goto(`/events/${hall.event}`);
  await expect(page.getByText("Times are those at the venue (GMT+9).")).toBeVisible();
});

test("the ranking can be seen by period and by order", async ({ page }) => {
  await page.goto("/");
  const board = page.getByRole("region", { name: "Ranking" });
  await board.getByText("All time").click();
  // What was shown before stays until the answer is there.
  const answer = page.waitForResponse((response) => {
    const url = new URL(response.url());
    const { window, by } = Object.fromEntries(url.searchParams);
    return url.pathname.endsWith("/events/ranking") && window === "all" && by === "sellout" && response.ok();
  });
  await board.getByText("Fastest sold out").click();
  const { items } = await (await answer).json();
  const titles = items.map(({ event }: { event: { title: string } }) => event.title);
  await expect(board.getByRole("listitem").getByRole("link")).toHaveText(titles);
  await expect(board.getByText("No event sold out in this period.")).toHaveCount(titles.length === 0 ? 1 : 0);
  await expect(board.getByRole("listitem").getByText(/sold out in/)).toHaveCount(titles.length);
});
