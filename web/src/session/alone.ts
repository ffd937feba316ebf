/**
 * Runs what changes the session while no other tab does: a log-out would otherwise be undone by the answer to a
 * renewal that was on its way. Not to be nested.
 *
 * Browsers without Web Locks run it at once; the API forgives a refresh token that was spent moments ago.
 */
export async function alone<T>(work: () => Promise<T>): Promise<T> {
  return "locks" in navigator ? await navigator.locks.request("jari.session", work) : work();
}
