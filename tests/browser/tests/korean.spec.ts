import { type Hall, open } from "../src/halls.js";
import { PASSWORD, register } from "../src/people.js";
import { clickSeat, mapDrawn } from "../src/seats.js";
import { expect, test } from "../src/test.js";

test.use({ locale: "ko-KR" });

let hall: Hall;

test.beforeAll(async () => {
  hall = await open({ title: `겨울 나그네 ${process.pid}`, price: 45_000 });
});

test("한국어로 예매하기: in Korean from the event to the ticket", async ({ page }) => {
  const person = await register("김자리", "ko");
  await page.goto(`/events/${hall.event}`);
  await expect(page.locator("html")).toHaveAttribute("lang", "ko");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(hall.title);
  await expect(page.getByText("45,000원").first()).toBeVisible();
  await page.getByRole("link", { name: "좌석 선택" }).click();
  await mapDrawn(page);
  await clickSeat(page, "R2", 5);
  await expect(page.getByRole("button", { name: "Stalls R2열 5번 빼기" })).toBeVisible();
  await page.getByRole("button", { name: "1석 예매하기" }).click();

  await expect(page).toHaveURL(/\/login\?/);
  await page.getByLabel("이메일").fill(person.email);
  await page.getByLabel("비밀번호", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "로그인", exact: true }).click();
  await mapDrawn(page);
  await page.getByRole("button", { name: "1석 예매하기" }).click();

  await expect(page).toHaveURL(/\/checkout$/);
  await expect(page.getByRole("timer", { name: "남은 결제 시간" })).toHaveText(/^[45]:\d\d$/);
  await page.getByRole("button", { name: "카드로 45,000원 결제" }).click();
  await page.waitForURL("**/checkout?orderId=*");
  await page.getByRole("button", { name: "결제하기", exact: true }).click();
  await page.waitForURL("**/payments/pay_*");
  await expect(page.getByText("예매가 완료되었습니다")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("link", { name: "티켓 보기" }).click();
  await expect(page.getByRole("img", { name: "티켓 1/1의 QR 코드" })).toBeVisible();
  await expect(page.getByRole("main"), "no key stands for a text").not.toContainText(/[a-z]+\.[a-zA-Z]+\./);
});
