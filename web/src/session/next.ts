/** The log-in page that leads back to an address of this site (`/reservations?x=1`). */
export function logInPath(here: string): string {
  return `/login?${new URLSearchParams({ next: here })}`;
}

/**
 * Where to go after logging in: the address asked for if it is a page of this site, else the start page. The address
 * comes from a link that anybody can have written.
 */
export function safeNext(wanted: string | null, origin: string = location.origin): string {
  if (wanted === null || !wanted.startsWith("/")) return "/";
  let url: URL;
  try {
    url = new URL(wanted, origin);
  } catch {
    return "/";
  }
  // `/.//evil.example` is of this site, and `//evil.example`, which comes of it, is not.
  if (url.origin !== origin || url.pathname.startsWith("//")) return "/";
  if (/^\/(login|register)(\/|$)/.test(url.pathname)) return "/";
  return url.pathname + url.search + url.hash;
}
