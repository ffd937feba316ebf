import base from "./playwright.config.js";

/** What is measured and not merely tested: `npm run figures` prints it and writes it to `target/web-figures.json`. */
export default {
  ...base,
  testDir: "figures",
  testMatch: "*.ts",
  // One after the other: what else runs would be measured with it.
  workers: 1,
  fullyParallel: false,
  timeout: 300_000,
  projects: undefined,
  use: { ...base.use, viewport: { width: 1280, height: 800 }, trace: "off" as const },
};
