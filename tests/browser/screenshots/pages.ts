import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import { logIn } from "../src/people.js";
import { makeWorld, type World } from "../src/world.js";

const FOLDER = fileURLToPath(new URL("../../../docs/screenshots/", import.meta.url));

const text = (pattern: RegExp) => (page: Page) => page.getByRole("main").getByText(pattern).first();

/** What is pictured: a name, an address, and what there is when it is complete. */
const PICTURES: readonly [string, (world: World) => string, (page: Page) => ReturnType<Page["locator"]>][] = [
  ["home", () => "/", (page) => page.getByRole("main").getByRole("article").first()],
  ["search", () => "/events", (page) => page.getByRole("main").getByRole("article").first()],
  ["event", ({ hall }) => `/events/${hall.event}`, (page) => page.getByRole("link", { name: /seats|좌석/ })],
  [
    "waiting-room",
    ({ guarded }) => `/events/${guarded.event}/wait?performance=${guarded.performance}`,
    (page) => page.getByRole("button", { name: "Leave the line" }),
  ],
  [
    "seats",
    ({ hall }) => `/events/${hall.event}/performances/${hall.performance}`,
    (page) => page.locator("[data-seat-map=drawn]"),
  ],
  ["checkout", ({ held }) => `/reservations/${held}/checkout`, (page) => page.getByRole("slider")],
  ["result", ({ payment }) => `/payments/${payment}`, text(/Paid/)],
  ["reservations", () => "/reservations", text(/Confirmed/)],
  ["reservation", ({ bought }) => `/reservations/${bought}`, text(/Confirmed/)],
  [
    "tickets",
    ({ bought }) => `/reservations/${bought}/tickets`,
    (page) => page.getByRole("img", { name: /QR/ }).first(),
  ],
  ["points", () => "/points", text(/12,000/)],
  ["notifications", () => "/notifications", (page) => page.getByRole("main").getByRole("listitem").first()],
  ["profile", () => "/profile", (page) => page.getByLabel("Name")],
  ["login", () => "/login", (page) => page.getByLabel("E-mail")],
  ["register", () => "/register", (page) => page.getByLabel("E-mail")],
  ["announcements", () => "/announcements", (page) => page.getByRole("main").getByRole("link").first()],
];

let world: World;

test.beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  world = await makeWorld("Das Lied von der Erde");
});

for (const [device, options] of [
  ["desktop", { viewport: { width: 1280, height: 800 } }],
  ["phone", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
] as const) {
  test.describe(device, () => {
    test.use({ ...options, deviceScaleFactor: 1 });

    for (const [name, address, shows] of PICTURES) {
      test(name, async ({ page }) => {
        if (!["login", "register"].includes(name)) await logIn(page, world.person);
        await page.goto(address(world));
        await expect(shows(page)).toBeVisible({ timeout: 45_000 });
        await page.screenshot({ path: `${FOLDER}${name}-${device}.png`, animations: "disabled" });
      });
    }
  });
}
