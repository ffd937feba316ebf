import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import { logIn } from "../src/people.js";
import { makeShow, type Show } from "../src/show.js";

const FOLDER = fileURLToPath(new URL("../../../docs/screenshots/", import.meta.url));

interface Picture {
  readonly name: string;
  readonly address: (show: Show) => string;
  /** What there is when the page is complete. */
  readonly shows: (page: Page) => ReturnType<Page["locator"]>;
  /** What is done before the picture is taken. */
  readonly first?: (page: Page) => Promise<void>;
  readonly forAnybody?: boolean;
  readonly locale?: string;
}

// Scroll bars are not pictured, and neither is the room for them. (The policy of the pages forbids styles from elsewhere.)
const NO_GUTTER = "html { scrollbar-gutter: auto; }";

const main = (page: Page) => page.getByRole("main");
const text = (pattern: RegExp) => (page: Page) => main(page).getByText(pattern).first();
const hall = (page: Page) => page.locator("[data-seat-map=drawn]");
const seats = ({ arena }: Show) => `/events/${arena.event}/performances/${arena.performance}`;

const PICTURES: readonly Picture[] = [
  { name: "home", address: () => "/", shows: (page) => main(page).getByRole("article").nth(5) },
  {
    name: "home-korean",
    address: () => "/",
    shows: (page) => main(page).getByRole("article").nth(5),
    locale: "ko-KR",
  },
  {
    name: "search",
    address: () => "/events?category=concert",
    shows: (page) => main(page).getByRole("article").nth(2),
  },
  {
    name: "event",
    address: ({ theatre }) => `/events/${theatre.event}`,
    shows: (page) => page.getByRole("link", { name: "Choose seats" }).first(),
  },
  {
    name: "event-korean",
    address: ({ arena }) => `/events/${arena.event}`,
    shows: (page) => page.getByRole("link", { name: "좌석 선택" }).first(),
    locale: "ko-KR",
  },
  {
    name: "waiting-room",
    address: ({ guarded }) => `/events/${guarded.event}/wait?performance=${guarded.performance}`,
    shows: (page) =>
      page
        .getByRole("link", { name: /seats/ })
        .or(page.getByText(/your turn/i))
        .first(),
  },
  { name: "hall", address: seats, shows: hall },
  { name: "seats", address: seats, shows: hall, first: chooseSeats },
  {
    name: "seats-list",
    address: seats,
    shows: hall,
    first: async (page) => {
      await page.getByRole("button", { name: "List" }).click();
    },
  },
  {
    name: "checkout",
    address: ({ held }) => `/reservations/${held}/checkout`,
    shows: (page) => page.getByRole("slider"),
  },
  { name: "result", address: ({ payment }) => `/payments/${payment}`, shows: text(/Paid/) },
  { name: "reservations", address: () => "/reservations", shows: text(/Confirmed/) },
  { name: "reservation", address: ({ bought }) => `/reservations/${bought}`, shows: text(/Confirmed/) },
  {
    name: "cancel",
    address: ({ bought }) => `/reservations/${bought}`,
    shows: text(/Confirmed/),
    first: async (page) => {
      await page.getByRole("button", { name: "Cancel reservation" }).click();
      await expect(page.getByRole("dialog").getByText("You get back")).toBeVisible();
    },
  },
  {
    name: "tickets",
    address: ({ bought }) => `/reservations/${bought}/tickets`,
    shows: (page) => page.getByRole("img", { name: /QR/ }).first(),
  },
  { name: "points", address: () => "/points", shows: text(/12,000/) },
  {
    name: "notifications",
    address: () => "/notifications",
    shows: (page) => main(page).getByRole("listitem").first(),
  },
  { name: "profile", address: () => "/profile", shows: (page) => page.getByLabel("Name") },
  { name: "login", address: () => "/login", shows: (page) => page.getByLabel("E-mail"), forAnybody: true },
  {
    name: "register",
    address: () => "/register",
    shows: (page) => page.getByLabel("E-mail"),
    forAnybody: true,
  },
  {
    name: "announcements",
    address: () => "/announcements",
    shows: (page) => main(page).getByRole("link").first(),
  },
];

let show: Show;

test.beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  show = await makeShow();
});

for (const [device, options] of [
  ["desktop", { viewport: { width: 1280, height: 800 } }],
  ["phone", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
] as const) {
  test.describe(device, () => {
    for (const { name, address, shows, first, forAnybody, locale } of PICTURES) {
      test.describe(() => {
        test.use({ ...options, deviceScaleFactor: 1, bypassCSP: true, locale: locale ?? "en-US" });

        test(name, async ({ page }) => {
          if (!forAnybody) await logIn(page, show.person);
          await page.goto(address(show));
          await expect(shows(page)).toBeVisible({ timeout: 45_000 });
          await first?.(page);
          await page.waitForLoadState("networkidle");
          await page.screenshot({
            path: `${FOLDER}${name}-${device}.png`,
            animations: "disabled",
            style: NO_GUTTER,
          });
        });
      });
    }
  });
}

/** Goes near to the floor and chooses two seats there, with the keys. */
async function chooseSeats(page: Page): Promise<void> {
  const map = page.getByRole("application");
  await map.focus();
  for (const key of ["ArrowRight", "ArrowDown", "ArrowDown", "Enter", "ArrowRight", "Enter"]) {
    await map.press(key);
  }
  const reserve = page.getByRole("button", { name: "Reserve 2 seats" });
  await expect(reserve).toBeEnabled();
  await expect(reserve).toBeInViewport({ ratio: 1 });
  // What moved has come to rest when two pictures in a row are the same.
  let before: Buffer = Buffer.alloc(0);
  await expect
    .poll(async () => {
      const now = await map.screenshot();
      const isSame = now.equals(before);
      before = now;
      return isSame;
    })
    .toBe(true);
}
