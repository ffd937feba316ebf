import { api } from "../api/client";
import { end } from "./session";

/**
 * Logs out: the refresh token is revoked and its cookie removed. Whoever is offline is logged out of this browser all the
 * same; the cookie is then good until it ends or the next log-in replaces it.
 */
export async function logOut(): Promise<void> {
  try {
    await api.POST("/auth/logout", { headers: { "X-Session": "cookie" } });
  } finally {
    end("signed-out");
  }
}
