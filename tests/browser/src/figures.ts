import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const FOLDER = new URL("../../../target/", import.meta.url);
const FILE = new URL("web-figures.json", FOLDER);

/** Adds what was measured under a name to `target/web-figures.json`, and prints it. */
export function note(name: string, figures: unknown): void {
  mkdirSync(FOLDER, { recursive: true });
  const known = existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")) : {};
  writeFileSync(FILE, `${JSON.stringify({ ...known, [name]: figures }, null, 2)}\n`);
  process.stdout.write(`${name}: ${JSON.stringify(figures, null, 2)}\n`);
}
