import base from "./playwright.config.js";

/** Pictures of the pages for `docs/screenshots/`: `npm run screenshots`. */
export default {
  ...base,
  testDir: "screenshots",
  testMatch: "*.ts",
  workers: 1,
  fullyParallel: false,
  timeout: 300_000,
  projects: undefined,
  use: { ...base.use, trace: "off" as const },
};
