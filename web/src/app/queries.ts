import { QueryClient } from "@tanstack/react-query";
import { asProblem } from "../api/problem";
import { currentSession, onSessionChange } from "../session/session";

const TRIES = 3;

/** What was read from the API, kept while it is looked at. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // Only what may answer otherwise is asked again, and no earlier than the server wishes.
      retry: (failures, error) => failures < TRIES && asProblem(error).isTransient,
      retryDelay: (failures, error) => {
        const told = asProblem(error).retryAfterSeconds;
        return told === null ? Math.min(8_000, 500 * 2 ** failures) * (0.5 + Math.random()) : told * 1000;
      },
    },
    // What cannot be done now is not done later by itself: whoever asked may have changed their mind.
    mutations: { retry: false, networkMode: "always" },
  },
});

// Nothing of one account is shown to the next.
let owner = ownerNow();
onSessionChange(() => {
  if (ownerNow() === owner) return;
  owner = ownerNow();
  const mine = { queryKey: ["mine"] };
  // A page that stays, since somebody logged in as another in another tab, asks anew.
  if (owner === null) queries.removeQueries(mine);
  else void queries.resetQueries(mine);
});

function ownerNow(): string | null {
  const session = currentSession();
  return session.status === "signed-in" ? session.user.id : null;
}
