import { useEffect, useState } from "react";
import { serverNow } from "../api/clock";

/** The server's time, in milliseconds since 1970, read again at every step of the given length. */
export function useNow(stepMilliseconds = 1000): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), stepMilliseconds);
    return () => clearInterval(timer);
  }, [stepMilliseconds]);
  return now;
}
