import { useEffect, useRef, useState } from "react";

const PAUSE_MS = 20_000;

/** A text for screen readers that changes often, as it was when it was last worth a word: at most every twenty seconds. */
export function useSparingly(text: string): string {
  const [said, setSaid] = useState(text);
  const saidAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const timer = setTimeout(
      () => {
        saidAt.current = performance.now();
        setSaid(text);
      },
      Math.max(0, saidAt.current + PAUSE_MS - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [text]);
  return said;
}
