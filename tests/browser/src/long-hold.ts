import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

/** A hold that one test begins and another, minutes later, sees end. */
export interface LongHold {
  readonly email: string;
  readonly event: string;
  readonly performance: string;
  readonly reservation: string;
  /** When it ends, as the server says. */
  readonly expiresAt: string;
}

const FOLDER = new URL("../../../target/", import.meta.url);
const FILE = new URL("browser-hold.json", FOLDER);

export function keepLongHold(hold: LongHold): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(FILE, JSON.stringify(hold));
}

export function longHold(): LongHold {
  return JSON.parse(readFileSync(FILE, "utf8"));
}
