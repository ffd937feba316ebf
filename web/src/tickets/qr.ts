import { encode } from "uqr";

/** A QR code as one path: a unit is a module, the quiet zone is in it. */
export interface QrPath {
  /** Modules on a side, with the quiet zone. */
  readonly size: number;
  /** The dark modules. */
  readonly path: string;
}

/** The QR code of a text. Error correction M: a scratched screen still scans, and modules stay large. */
export function qrPath(text: string): QrPath {
  const { size, data } = encode(text, { ecc: "M", border: 4 });
  const runs = data.flatMap((row, y) =>
    runsOf(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`),
  );
  return { size, path: runs.join("") };
}

/** Where dark modules stand side by side: first and how many. */
function runsOf(row: readonly boolean[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const [x, isDark] of row.entries()) {
    const last = runs.at(-1);
    if (!isDark) continue;
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  }
  return runs;
}
