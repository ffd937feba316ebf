import { encode } from "uqr";
import { describe, expect, it } from "vitest";
import { qrPath } from "./qr";

const TEXT = `${"eyJhbGciOiJFUzI1NiJ9.".repeat(12)}c2ln`;

/** The modules that a path paints. */
function painted({ size, path }: { size: number; path: string }): boolean[][] {
  const modules = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    modules[Number(y)]?.fill(true, Number(x), Number(x) + Number(length));
  }
  return modules;
}

describe("a QR code", () => {
  it("paints every module of the code and no other", () => {
    expect(painted(qrPath(TEXT))).toEqual(encode(TEXT, { ecc: "M", border: 4 }).data);
  });

  it("has a quiet zone of four modules and finders in three corners", () => {
    const code = qrPath(TEXT);
    const modules = painted(code);
    expect(modules.slice(0, 4).flat()).not.toContain(true);
    for (const [x, y] of [
      [4, 4],
      [code.size - 11, 4],
      [4, code.size - 11],
    ] as const) {
      expect(modules[y]?.slice(x, x + 7)).toEqual(Array(7).fill(true));
    }
  });
});
