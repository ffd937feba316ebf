import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { BASE_URL } from "../src/environment.js";

const ORDER = "pay_01a1fc4e-4ac0-74e9-bcdd-c4e59bf44591";

/** Notes whatever the Content-Security-Policy refuses on a page, from its beginning. */
async function violations(page: Page): Promise<string[]> {
  const found: string[] = [];
  await page.exposeFunction("noteViolation", (text: string) => found.push(text));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      // @ts-expect-error given by exposeFunction
      window.noteViolation(`${event.effectiveDirective} ${event.blockedURI}`);
    });
  });
  return found;
}

/** The payment gateway's page for an order of ours. */
async function checkout(page: Page, locale: string): Promise<string> {
  const config = await (await page.request.get("/config.json")).json();
  const query = new URLSearchParams({
    orderId: ORDER,
    amount: "120000",
    currency: "KRW",
    orderName: "갈매기 <b>2</b>",
    successUrl: `${BASE_URL}/no-such-page/done?reservation=rsv_1`,
    failUrl: `${BASE_URL}/no-such-page/failed`,
    locale,
  });
  return `${config.gateway.url}?${query}`;
}

test("pages do what they need under the policy, and nothing else runs", async ({ page }) => {
  const refused = await violations(page);
  await page.goto("/");
  await expect(page.locator("#root > *").first()).toBeVisible();
  const opened = await page.evaluate(async () => {
    const { webSocketUrl } = await (await fetch("/config.json")).json();
    const socket = new WebSocket(new URL(webSocketUrl, location.href.replace(/^http/, "ws")));
    return new Promise<boolean>((resolve) => {
      socket.onopen = () => resolve(true);
      socket.onerror = () => resolve(false);
    });
  });
  expect(opened, "'self' covers the WebSocket of the same origin").toBe(true);
  expect(refused).toEqual([]);

  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.injected = true";
    document.body.append(script);
    const style = document.createElement("style");
    style.textContent = "body { display: none }";
    document.body.append(style);
    return "injected" in window || getComputedStyle(document.body).display === "none";
  });
  expect(ran).toBe(false);
  const elsewhere = BASE_URL.replace("localhost", "127.0.0.1");
  await page.evaluate((url) => fetch(url, { mode: "no-cors" }).catch(() => undefined), elsewhere);
  await expect
    .poll(() => refused.toSorted())
    .toEqual([`connect-src ${elsewhere}/`, "script-src-elem inline", "style-src-elem inline"]);
});

for (const [locale, pay, cancel] of [
  ["ko", "결제하기", "취소"],
  ["en", "Pay", "Cancel"],
] as const) {
  test(`a buyer goes to the payment gateway and comes back (${locale})`, async ({ page }) => {
    const address = await checkout(page, locale);
    const refused = await violations(page);
    await page.goto("/");
    await page.evaluate((url) => location.assign(url), address);
    await expect(page.getByText("갈매기 <b>2</b>")).toBeVisible();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

    await page.getByRole("button", { name: pay, exact: true }).click();
    await page.waitForURL("**/no-such-page/done?*");
    const done = new URL(page.url()).searchParams;
    expect(done.get("paymentKey")).toMatch(/^ok_[0-9a-f]{32}$/);
    expect([done.get("reservation"), done.get("orderId"), done.get("amount")]).toEqual([
      "rsv_1",
      ORDER,
      "120000",
    ]);

    await page.goto(address);
    await page.getByRole("button", { name: cancel, exact: true }).click();
    await page.waitForURL("**/no-such-page/failed?*");
    expect(new URL(page.url()).searchParams.get("code")).toBe("PAY_PROCESS_CANCELED");
    expect(refused).toEqual([]);
  });
}
