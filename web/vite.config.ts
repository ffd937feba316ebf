import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// Where `make dev` serves the API while the web UI itself is served by Vite.
const backend = process.env.JARI_URL ?? "http://localhost:3000";

export default defineConfig({
  plugins: [react()],
  build: {
    target: "baseline-widely-available",
    // Nothing is inlined: the Content-Security-Policy allows neither inline scripts nor `data:` fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
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
