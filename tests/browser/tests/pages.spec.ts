import { readFileSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { logIn } from "../src/people.js";
import { openRow } from "../src/seats.js";
import { shiftOf, watchShifts } from "../src/shifts.js";
import { expect, test } from "../src/test.js";
import { expectNoSidewaysScroll } from "../src/width.js";
import { makeWorld, type World } from "../src/world.js";

// One world for all of them: the tests of this file run one after the other.
test.describe.configure({ mode: "default" });

interface Look {
  /** The path in `web/src/app/pageFiles.ts`. */
  readonly route: string;
  readonly address: (world: World) => string;
  /** What there is when the page has all it shows. */
  readonly shows: (page: Page) => ReturnType<Page["locator"]>;
  readonly forAnybody?: boolean;
}

const text = (pattern: RegExp) => (page: Page) => page.getByRole("main").getByText(pattern).first();
const nobody = "01a2153b-e1e3-70c3-b571-f6f1bd4f79df";

const LOOKS: readonly Look[] = [
  {
    route: "/",
    address: () => "/",
    shows: (page) => page.getByRole("region", { name: /Ranking|랭킹|순위/ }),
  },
  {
    route: "/events",
    address: () => "/events",
    shows: (page) => page.getByRole("main").getByRole("article").first(),
  },
  { route: "/events/:eventId", address: ({ hall }) => `/events/${hall.event}`, shows: text(/자리 아레나/) },
  {
    route: "/announcements",
    address: () => "/announcements",
    shows: (page) =>
      page
        .getByRole("main")
        .getByRole("link", { name: /^News of/ })
        .first(),
  },
  {
    route: "/announcements/:announcementId",
    address: ({ announcement }) => `/announcements/${announcement}`,
    shows: text(/Doors open at six/),
  },
  {
    route: "/events/:eventId/performances/:performanceId",
    address: ({ hall }) => `/events/${hall.event}/performances/${hall.performance}`,
    shows: (page) => page.locator("[data-seat-map=drawn]"),
  },
  {
    route: "/login",
    address: () => "/login",
    shows: (page) => page.getByLabel(/E-mail|이메일/),
    forAnybody: true,
  },
  {
    route: "/login/google",
    address: () => "/login/google?error=access_denied&state=x",
    shows: text(/You stopped at Google|Google/),
    forAnybody: true,
  },
  {
    route: "/register",
    address: () => "/register",
    shows: (page) => page.getByLabel(/Name|이름/),
    forAnybody: true,
  },
  {
    route: "/events/:eventId/wait",
    address: ({ guarded }) => `/events/${guarded.event}/wait?performance=${guarded.performance}`,
    shows: (page) => page.getByRole("button", { name: /Leave the line|대기 그만하기/ }),
  },
  { route: "/reservations", address: () => "/reservations", shows: text(/ II$/) },
  {
    route: "/reservations/:reservationId",
    address: ({ bought }) => `/reservations/${bought}`,
    shows: text(/Confirmed|예매 완료|확정/),
  },
  {
    route: "/reservations/:reservationId/tickets",
    address: ({ bought }) => `/reservations/${bought}/tickets`,
    shows: (page) => page.getByRole("img", { name: /QR/ }).first(),
  },
  {
    route: "/reservations/:reservationId/checkout",
    address: ({ held }) => `/reservations/${held}/checkout`,
    shows: (page) => page.getByRole("slider"),
  },
  {
    route: "/reservations/:reservationId/paid",
    address: ({ held }) => `/reservations/${held}/paid?x=1`,
    shows: text(/nothing we understand|이해할 수 없습니다/),
  },
  {
    route: "/payments/:paymentId",
    address: ({ payment }) => `/payments/${payment}`,
    shows: text(/Paid\.|예매가 완료되었습니다/),
  },
  { route: "/points", address: () => "/points", shows: text(/12,000/) },
  {
    route: "/points/paid",
    address: () => `/points/paid?code=PAY_PROCESS_CANCELED&message=x&orderId=pay_${nobody}`,
    shows: (page) => page.getByRole("heading", { level: 1 }),
  },
  {
    route: "/notifications",
    address: () => "/notifications",
    shows: (page) => page.getByRole("main").getByRole("listitem").first(),
  },
  { route: "/profile", address: () => "/profile", shows: (page) => page.getByLabel(/Name|이름/) },
  { route: "*", address: () => "/nowhere", shows: (page) => page.getByRole("heading", { level: 1 }) },
];

let world: World;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  world = await makeWorld("Die Kunst der Fuge");
});

test("every page of the application is looked at here", () => {
  const source = readFileSync(new URL("../../../web/src/app/pageFiles.ts", import.meta.url), "utf8");
  const routes = [...source.matchAll(/path: "([^"]+)"/g)].map(([, path]) => path);
  expect(routes.length).toBeGreaterThan(15);
  expect(LOOKS.map(({ route }) => route).toSorted()).toEqual(routes.toSorted());
});

for (const [device, options] of [
  ["desktop, English", { viewport: { width: 1280, height: 800 }, locale: "en-US" }],
  [
    "phone, Korean",
    { viewport: { width: 360, height: 740 }, locale: "ko-KR", hasTouch: true, isMobile: true },
  ],
] as const) {
  test.describe(device, () => {
    test.use(options);

    for (const { route, address, shows, forAnybody } of LOOKS) {
      test(`nothing is wrong with ${route}`, async ({ page }) => {
        if (!forAnybody) await logIn(page, world.person);
        await watchShifts(page);
        await page.goto(address(world));
        await expect(shows(page)).toBeVisible({ timeout: 45_000 });
        await expectWellMade(page);
        expect(await shiftOf(page), "nothing moves while the page loads").toEqual([]);
      });
    }
  });
}

test("nor with the list of seats, a dialog, and what comes of a mistake", async ({ page }) => {
  await logIn(page, world.person);
  await page.goto(`/events/${world.hall.event}/performances/${world.hall.performance}`);
  await openRow(page, "R1");
  await page.getByLabel("Only free seats").uncheck();
  await page.getByRole("button", { name: /row R1, seat 1,/ }).click();
  await expectWellMade(page);
  await page.goto(`/reservations/${world.bought}`);
  await page.getByRole("button", { name: "Cancel reservation" }).click();
  await expect(page.getByRole("dialog").getByText("You get back")).toBeVisible();
  await expectWellMade(page);
  await page.goto("/profile");
  await page.getByLabel("Name").fill("");
  await page.getByRole("main").getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("Name")).toHaveAttribute("aria-invalid", "true");
  await expectWellMade(page);
});

/** No rule of axe is broken, nothing is wider than the screen, and there is one heading of the first level. */
async function expectWellMade(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(" ")}`,
  );
  expect(found).toEqual([]);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expectNoSidewaysScroll(page);
}
