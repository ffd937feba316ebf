import { observeClock } from "../api/clock";

/** What the web must know of the deployment that serves it: the file `/config.json` beside the pages. */
export interface Config {
  /** How card payments are made: the local virtual gateway's page, or Toss Payments' payment window. */
  gateway: { kind: "virtual"; url: string } | { kind: "toss"; clientKey: string };
  /** Where the WebSocket is: a path of this site or a whole address. */
  webSocketUrl: string;
  /** Whether people can log in through Google here. */
  googleLogIn: boolean;
}

let config: Promise<Config> | undefined;

/** Reads the configuration once; a failed reading is tried again at the next call. */
export function readConfig(): Promise<Config> {
  config ??= fetch("/config.json", { cache: "no-cache" })
    .then((answer) => {
      // For whoever is not logged in: all else that they read, a cache may have kept.
      observeClock(answer.headers.get("Date"));
      if (!answer.ok) throw new Error(`/config.json: ${answer.status}`);
      return answer.json() as Promise<Config>;
    })
    .catch((error: unknown) => {
      config = undefined;
      throw error;
    });
  return config;
}
