// Components that know better than this come first.
const LATER_MS = 50;

/**
 * Whoever has the focus on something that goes away keeps their place: it goes on to the heading of what that was in, of the
 * page at most. Until the answer is called.
 */
export function keepFocus(): () => void {
  // What has the focus, and all that it is in, from the inside out.
  let path: Element[] = [];
  const look = () => {
    if (document.activeElement !== document.body) return;
    for (const part of path) {
      if (!part.isConnected) continue;
      // Another page finds the focus itself.
      if (part.tagName === "MAIN") break;
      const heading = part.querySelector<HTMLElement>("h1, h2, h3");
      if (!heading) continue;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      break;
    }
    path = [];
  };
  const watch = new MutationObserver(() => {
    if (path[0]?.isConnected === false) setTimeout(look, LATER_MS);
  });
  const note = (event: FocusEvent) => {
    path = event.composedPath() as Element[];
  };
  document.addEventListener("focusin", note);
  watch.observe(document.body, { childList: true, subtree: true });
  return () => {
    document.removeEventListener("focusin", note);
    watch.disconnect();
  };
}
