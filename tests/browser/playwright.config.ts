import { defineConfig, devices } from "@playwright/test";
import { BASE_URL, CHROMIUM } from "./src/environment.js";

const DESKTOP = { ...devices["Desktop Chrome"], channel: undefined, viewport: { width: 1280, height: 800 } };

/** Tests of the web UI in a real browser, against the application on a local AWS. */
export default defineConfig({
  testDir: "tests",
  outputDir: "../../target/browser",
  // Pages mostly wait for the local AWS, which does some 150 requests a second in all.
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // Here a test that fails has failed. In CI one lost race must not cost an hour: what needed a second try is named as flaky
  // at the end, and is a bug to be found.
  retries: process.env.CI ? 1 : 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    baseURL: BASE_URL,
    locale: "en-US",
    timezoneId: "Asia/Seoul",
    // Nothing is tested of how things move, and drawing it takes a processor.
    contextOptions: { reducedMotion: "reduce" },
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    // Recording takes as much of the machine as the test itself: in CI only the second try is recorded.
    trace: process.env.CI ? "on-first-retry" : "retain-on-failure",
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
  // A hold lasts five minutes of the server's own time. It begins first and is looked at last, when most of them are over.
  projects: [
    { name: "hold-begins", testMatch: "hold-begins.ts" },
    { name: "desktop", testMatch: "*.spec.ts", testIgnore: "hold-ends.spec.ts", use: DESKTOP },
    { name: "hold-ends", testMatch: "hold-ends.spec.ts", dependencies: ["hold-begins"], use: DESKTOP },
  ],
});
