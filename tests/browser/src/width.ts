import { expect, type Page } from "@playwright/test";

/**
 * Nothing is wider than the screen. On a phone the browser zooms out for what is, and then says of the page that it is as wide
 * as that: so it is the screen's own width that counts.
 */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide, "nothing is wider than the screen").toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}
