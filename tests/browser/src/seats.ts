import { expect, type Locator, type Page } from "@playwright/test";
import type { Hall } from "./halls.js";

/** The page where seats of a hall are chosen, with its map drawn. */
export async function openSeats(page: Page, hall: Hall): Promise<void> {
  await page.goto(`/events/${hall.event}/performances/${hall.performance}`);
  await mapDrawn(page);
}

/** The map, once it is drawn. */
export async function mapDrawn(page: Page): Promise<Locator> {
  const map = page.getByRole("application", { name: /Seat map|좌석 배치도/ });
  await expect(map).toHaveAttribute("data-seat-map", "drawn");
  return map;
}

/** Shows the list, opens the hall's only section and a row of it. */
export async function openRow(page: Page, row: string): Promise<void> {
  const list = page.getByRole("button", { name: "List", exact: true });
  if ((await list.getAttribute("aria-pressed")) !== "true") {
    await list.click();
    await page.locator("summary", { hasText: "Stalls" }).click();
  }
  await page.locator("summary", { hasText: `Row ${row}` }).click();
}

/** A seat's button in the list, whatever its state. */
export function seatInList(page: Page, row: string, seat: number): Locator {
  return page.getByRole("button", { name: new RegExp(`^Stalls, row ${row}, seat ${seat},`) });
}

/** Clicks a seat on the map: the pointer looks for it until the tip beside it says its name. */
export async function clickSeat(page: Page, row: string, seat: number): Promise<void> {
  const map = await mapDrawn(page);
  await map.scrollIntoViewIfNeeded();
  const box = await map.boundingBox();
  if (box === null) throw new Error("the map is not on the page");
  const wanted = [`row ${row}, seat ${seat},`, `${row}열 ${seat}번,`];
  for (const [x, y] of around(box.width, box.height)) {
    await page.mouse.move(box.x + x, box.y + y);
    const tip = await map.evaluate(
      (element) =>
        new Promise<string>((resolve) =>
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(element.textContent ?? ""))),
        ),
    );
    if (!wanted.some((name) => tip.includes(name))) continue;
    await page.mouse.down();
    await page.mouse.up();
    return;
  }
  throw new Error(`no seat of the map says "${wanted[0]}"`);
}

/** Points of an area, from its middle outwards, so close together that no seat one can see is missed. */
function around(width: number, height: number): [number, number][] {
  const step = 20;
  const points: [number, number][] = [];
  for (let x = step; x < width; x += step) for (let y = step; y < height; y += step) points.push([x, y]);
  const far = ([x, y]: [number, number]) => Math.hypot(x - width / 2, y - height / 2);
  return points.sort((one, other) => far(one) - far(other));
}

/** What is in the cart, by the names of the seats. */
export function cart(page: Page): Locator {
  return page.getByRole("button", { name: /^Drop / });
}
