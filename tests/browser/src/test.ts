import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
} from "@playwright/test";
import { BASE_URL } from "./environment.js";

interface Visitors {
  /** Somebody else's browser, with nothing in common with the others. */
  visitor: (options?: BrowserContextOptions) => Promise<Page>;
}

interface Options {
  /** What may be said on the console in this test, besides the API's refusals (4xx). */
  tolerated: RegExp | undefined;
}

// The browser says so of every answer with such a status; whether the page copes is what tests look at.
const REFUSED = /^Failed to load resource: the server responded with a status of 4\d\d .*\/api\/v1\//;

/**
 * Playwright's `test`, strict about what nobody looks at: an error on the console, one that nobody caught, something that the
 * Content-Security-Policy refused, or a token in an address, in storage or in the page fails the test.
 */
export const test = base.extend<Visitors & Options>({
  tolerated: [undefined, { option: true }],

  context: async ({ context, tolerated }, use) => {
    const watch = await watchOver(context);
    await use(context);
    await watch.end(tolerated);
  },

  visitor: async ({ browser, contextOptions, locale, timezoneId, viewport, tolerated }, use) => {
    const watches: Awaited<ReturnType<typeof watchOver>>[] = [];
    const contexts: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext({
        ...contextOptions,
        baseURL: BASE_URL,
        locale,
        timezoneId,
        viewport,
        ...options,
      });
      contexts.push(context);
      watches.push(await watchOver(context));
      return context.newPage();
    });
    for (const watch of watches) await watch.end(tolerated);
    for (const context of contexts) await context.close();
  },
});

export { expect };

async function watchOver(context: BrowserContext) {
  const errors: string[] = [];
  const addresses = new Set<string>();
  const tokens = new Set<string>();
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
      // biome-ignore lint/suspicious/noConsole: this is how the test hears of it
      console.error(`refused by the policy: ${effectiveDirective} ${blockedURI}`);
    });
  });
  context.on("weberror", (error) => errors.push(String(error.error())));
  context.on("console", (message) => {
    if (message.type() !== "error") return;
    const text = `${message.text()} ${message.location().url}`;
    if (!REFUSED.test(text)) errors.push(text);
  });
  context.on("request", (request) => {
    addresses.add(request.url());
    const token = request.headers().authorization?.replace("Bearer ", "");
    if (token) tokens.add(token);
  });
  return {
    async end(tolerated: RegExp | undefined) {
      const { cookies } = await context.storageState();
      for (const { name, value } of cookies) {
        if (/session|refresh/i.test(name) && value !== "") tokens.add(value);
      }
      const kept = await Promise.all(context.pages().map(whatItKeeps));
      for (const token of tokens) {
        expect([...addresses].join("\n"), "no token in an address").not.toContain(token);
        expect(kept.join("\n"), "no token in storage or in the page").not.toContain(token);
      }
      const untold = errors.filter((error) => !tolerated?.test(error));
      expect(untold, "errors on the console").toEqual([]);
    },
  };
}

async function whatItKeeps(page: Page): Promise<string> {
  if (page.isClosed() || !page.url().startsWith(BASE_URL)) return "";
  return page.evaluate(() =>
    [
      JSON.stringify(localStorage),
      JSON.stringify(sessionStorage),
      document.cookie,
      document.documentElement.outerHTML,
    ].join("\n"),
  );
}
