import { forgetPush } from "../push/push";
import { alone } from "./alone";
import { renewed } from "./refresh";
import { end } from "./session";

const PATIENCE_MS = 5_000;

/**
 * Logs out: the refresh token is revoked and its cookie removed. Whoever is offline is logged out of this browser all the
 * same; the cookie is then good until it ends or the next log-in replaces it.
 *
 * `everywhere` ends the sessions on all other devices, too.
 */
export async function logOut({ everywhere = false } = {}): Promise<void> {
  try {
    await forgetPush();
    await alone(() => revoke(everywhere));
  } catch {
    // Nobody is kept in because the network is down.
  } finally {
    end("signed-out");
  }
}

async function revoke(everywhere: boolean): Promise<void> {
  const session = await renewed();
  if (session.status !== "signed-in") return;
  const tell = (headers: Record<string, string>) =>
    fetch("/api/v1/auth/logout", {
      method: "POST",
      headers: { ...headers, Authorization: `Bearer ${session.accessToken}` },
      credentials: "same-origin",
      keepalive: true,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  // Without the header all sessions of the account end, with it the browser forgets the cookie.
  if (everywhere) await tell({});
  await tell({ "X-Session": "cookie" });
}
