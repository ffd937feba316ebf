import { expect, test } from "@playwright/test";

test("every page has its frame, in the browser's language, and leads back from nowhere", async ({ page }) => {
  await page.goto("/nowhere");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is nothing here");
  await expect(page).toHaveTitle("There is nothing here · Jari");
  await page.getByRole("button", { name: "한국어" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("찾으시는 페이지가 없습니다");
  await expect(page.locator("html")).toHaveAttribute("lang", "ko");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("찾으시는 페이지가 없습니다");
  await page.getByRole("link", { name: "처음으로" }).click();
  await expect(page).toHaveURL("/");
});
