import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { startTexts } from "../i18n/i18n";
import { refresh } from "../session/refresh";
import { currentSession } from "../session/session";
import { App } from "./App";
import { queries } from "./queries";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

if (currentSession().status === "restoring") {
  // Whoever cannot be reached now is asked again by the first call that needs the session.
  refresh().catch(() => undefined);
}

/** Fails when the texts cannot be loaded: then there are none to say it with. */
export const started = startTexts().then(() => {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <BrowserRouter>
          <App />
        </BrowserRouter>
      </QueryClientProvider>
    </StrictMode>,
  );
});
