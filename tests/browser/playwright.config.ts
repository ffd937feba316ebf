import { defineConfig, devices } from "@playwright/test";
import { BASE_URL, CHROMIUM } from "./src/environment.js";

/** Tests of the web UI in a real browser, against the application on a local AWS. */
export default defineConfig({
  testDir: "tests",
  outputDir: "../../target/browser",
  // Pages mostly wait for the local AWS, which does some 150 requests a second in all.
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // A test that passes at its second try has found a race, and is a failure.
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    baseURL: BASE_URL,
    locale: "en-US",
    timezoneId: "Asia/Seoul",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: CHROMIUM,
      // The tests speak to this machine alone; the rest keeps the browser from looking for its maker.
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    {
      name: "desktop",
      use: { ...devices["Desktop Chrome"], channel: undefined, viewport: { width: 1280, height: 800 } },
    },
  ],
});
