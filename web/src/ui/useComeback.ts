import { useEffect } from "react";

/** Calls back when the page is shown again as it was left, by the browser's "back" from the site it was left for. */
export function useComeback(callback: () => void): void {
  useEffect(() => {
    const shown = ({ persisted }: PageTransitionEvent) => persisted && callback();
    window.addEventListener("pageshow", shown);
    return () => window.removeEventListener("pageshow", shown);
  }, [callback]);
}
