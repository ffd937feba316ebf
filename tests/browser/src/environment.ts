import { existsSync } from "node:fs";

/** Where the application is, as `make test-web` says it. */
export const BASE_URL = required("JARI_WEB_URL");

/** The browser; `make test-web` finds or installs one. */
export const CHROMIUM = chromium();

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests by \`make test-web\`.`);
  return value;
}

function chromium(): string {
  const named = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
  if (!existsSync(named))
    throw new Error(`There is no ${named}: run the tests by \`make test-web\`, or set CHROMIUM_PATH.`);
  return named;
}
