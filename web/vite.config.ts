import react from "@vitejs/plugin-react";
import type { HtmlTagDescriptor, Plugin } from "vite";
import { defineConfig } from "vitest/config";

// Where `make dev` serves the API while the web UI itself is served by Vite.
const backend = process.env.JARI_URL ?? "http://localhost:3000";

// Of what comes first nothing may be in the shared file, which would have to come before it.
const FIRST = /src\/app\/pageFiles|src\/i18n\/languages|src\/api\/early|preload-helper/;
const FORMS = /react-hook-form|src\/pages\/account\/|src\/ui\/Field/;

// The first script asks for the application; naming it in the page saves waiting for the first script.
function namesTheApplication(): Plugin {
  return {
    name: "names-the-application",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle }) {
        // The development server has none.
        if (bundle === undefined) return [];
        const application = Object.values(bundle).find(({ name }) => name === "start");
        if (application?.type !== "chunk") throw new Error("no part of the build is called start");
        const parts = [application, ...application.imports.map((file) => bundle[file])];
        return parts.flatMap((part) => {
          // What the first script needs itself is named already.
          if (part?.type !== "chunk" || html.includes(part.fileName)) return [];
          const sheets = [...(part.viteMetadata?.importedCss ?? [])];
          return [link("modulepreload", part.fileName), ...sheets.map((sheet) => link("stylesheet", sheet))];
        });
      },
    },
  };
}

function link(rel: string, file: string): HtmlTagDescriptor {
  return { tag: "link", attrs: { rel, crossorigin: true, href: `/${file}` }, injectTo: "head" };
}

export default defineConfig({
  plugins: [react(), namesTheApplication()],
  build: {
    target: "baseline-widely-available",
    // Nothing is inlined: the Content-Security-Policy allows neither inline scripts nor `data:` fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What several pages use comes as one file: forty small ones compress worse, by 8 KB, and each is a request. What forms
    // alone need stays with the forms.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "first", test: FIRST, priority: 1 },
            { name: "shared", minShareCount: 2, test: (id) => !FORMS.test(id) },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: {
      "/api": { target: backend },
      "/config.json": { target: backend },
      "/ws": { target: backend.replace(/^http/, "ws"), ws: true },
    },
  },
  test: { include: ["src/**/*.test.{ts,tsx}"] },
});
