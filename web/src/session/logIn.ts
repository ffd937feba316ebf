import { api, body } from "../api/client";
import type { components } from "../api/schema";
import { alone } from "./alone";
import { begin, type NewSession } from "./session";

type Schemas = components["schemas"];

// The refresh token goes into the cookie and stays out of the answer.
const params = { header: { "X-Session": "cookie" } } as const;

/** Logs in with e-mail and password. Throws a `Problem`. */
export function logIn(credentials: Schemas["Credentials"]): Promise<void> {
  return enter(async () => body(await api.POST("/auth/login", { params, body: credentials })));
}

/** Opens an account and logs in. Throws a `Problem`. */
export function register(registration: Schemas["Registration"]): Promise<void> {
  return enter(async () => body(await api.POST("/auth/register", { params, body: registration })));
}

/** Logs in with what Google sent the browser back with. Throws a `Problem`. */
export function logInWithGoogle(arrival: Schemas["GoogleArrival"]): Promise<void> {
  return enter(async () => body(await api.POST("/auth/google", { params, body: arrival })));
}

// A renewal of another account's session that is on its way would overwrite the cookie of this one.
async function enter(ask: () => Promise<NewSession>): Promise<void> {
  await alone(async () => begin(await ask()));
}
