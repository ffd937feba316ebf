import type { Page } from "@playwright/test";

interface Shifted extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly { readonly node: Element | null }[];
}

/** Notes from now on what moves on a page without anybody's doing. */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: string[] = [];
    Object.assign(window, { shiftsOfTest: shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Shifted[]) {
        // Less is 0.00 where such figures are shown: the letters of a word, not something that jumps away from a finger.
        if (entry.hadRecentInput || entry.value < 0.005) continue;
        const moved = entry.sources.map(({ node }) => node?.parentElement?.outerHTML.slice(0, 160) ?? "?");
        shifts.push(`${entry.value.toFixed(4)} at ${Math.round(entry.startTime)} ms: ${moved.join(" | ")}`);
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
