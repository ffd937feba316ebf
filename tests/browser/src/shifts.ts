import type { Page } from "@playwright/test";

interface Shifted extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly {
    readonly node: Node | null;
    readonly previousRect: DOMRectReadOnly;
    readonly currentRect: DOMRectReadOnly;
  }[];
}

/** Notes from now on what moves on a page without anybody's doing. */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: string[] = [];
    Object.assign(window, { shiftsOfTest: shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Shifted[]) {
        if (entry.hadRecentInput) continue;
        const place = ({ x, y, width, height }: DOMRectReadOnly) => [x, y, width, height].join(" ");
        const moved = entry.sources.map(
          ({ node, previousRect, currentRect }) =>
            `${(node?.nodeType === Node.ELEMENT_NODE ? (node as Element) : node?.parentElement)?.outerHTML.slice(0, 160)} ` +
            `from ${place(previousRect)} to ${place(currentRect)}`,
        );
        shifts.push(`${entry.value.toFixed(6)} at ${Math.round(entry.startTime)} ms: ${moved.join(" | ")}`);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** What has moved since the page began to load. */
export async function shiftOf(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve) =>
        // The observer hears of a frame after it.
        requestAnimationFrame(() =>
          setTimeout(() => resolve((window as unknown as { shiftsOfTest: string[] }).shiftsOfTest), 100),
        ),
      ),
  );
}
