import { useEffect, useRef, useState } from "react";
import { type Connection, type Listener, listen } from "./live";

/**
 * Listens while a component is shown, anew when `key` changes (the rooms depend on it); `null` listens to nothing.
 * Answers whether news come now, or the page has to ask by itself.
 */
export function useLive(key: string | null, listener: Omit<Listener, "onConnection">): Connection {
  const [connection, setConnection] = useState<Connection>("lost");
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => {
    if (key === null) return;
    const { leave } = latest.current;
    return listen({
      join: () => latest.current.join?.() ?? null,
      ...(leave && { leave }),
      onMessage: (message) => latest.current.onMessage(message),
      onConnection: setConnection,
    });
  }, [key]);
  return connection;
}
