import { useEffect } from "react";

/** Keeps the screen on while shown, where the browser can: nobody unlocks a phone at every step of a queue. */
export function useAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    let isGone = false;
    const ask = async () => {
      if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
      try {
        const got = await navigator.wakeLock.request("screen");
        if (isGone) await got.release();
        else lock = got;
      } catch {
        // The battery is low, or it is forbidden: the screen is as it always is.
      }
    };
    void ask();
    // The browser takes it back whenever the page is hidden.
    document.addEventListener("visibilitychange", ask);
    return () => {
      isGone = true;
      document.removeEventListener("visibilitychange", ask);
      void lock?.release();
    };
  }, []);
}
