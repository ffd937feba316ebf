import { useSyncExternalStore } from "react";
import { currentSession, onSessionChange, type Session } from "./session";

/** The session, and a new rendering whenever it changes. */
export function useSession(): Session {
  return useSyncExternalStore(onSessionChange, currentSession);
}
