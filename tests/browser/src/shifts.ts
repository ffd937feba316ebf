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
    const note = (entries: PerformanceEntryList) => {
      for (const entry of entries as Shifted[]) {
        if (entry.hadRecentInput) continue;
        const place = ({ x, y, width, height }: DOMRectReadOnly) => [x, y, width, height].join(" ");
        const moved = entry.sources.map(
          ({ node, previousRect, currentRect }) =>
            `${(node?.nodeType === Node.ELEMENT_NODE ? (node as Element) : node?.parentElement)?.outerHTML.slice(0, 160)} ` +
            `from ${place(previousRect)} to ${place(currentRect)}`,
        );
        shifts.push(`${entry.value.toFixed(6)} at ${Math.round(entry.startTime)} ms: ${moved.join(" | ")}`);
      }
    };
    const observer = new PerformanceObserver((list) => note(list.getEntries()));
    observer.observe({ type: "layout-shift", buffered: true });
    const shiftsOfTest = () => {
      note(observer.takeRecords());
      return shifts;
    };
    Object.assign(window, { shiftsOfTest });
  });
}

/** What has moved since the page began to load. */
export async function shiftOf(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve) =>
        // What moved in a frame is recorded by the next.
        requestAnimationFrame(() =>
          requestAnimationFrame(() =>
            resolve((window as unknown as { shiftsOfTest: () => string[] }).shiftsOfTest()),
          ),
        ),
      ),
  );
}
