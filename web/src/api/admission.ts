import { currentSession, onSessionChange } from "../session/session";
import { Places } from "../waiting-room/places";
import { serverNow } from "./clock";
import { asProblem } from "./problem";
import { checkQueue, leaveQueue, type QueueAnswer } from "./queue";

/** The right to hold seats of a sale that a waiting room guards. */
export interface Admission {
  /** For the header `X-Admission-Token`. */
  readonly token: string;
  /** When it was given, and when it ends unless it is renewed; in milliseconds since 1970. */
  readonly givenAt: number;
  readonly endsAt: number;
}

// A token that ends while a request is on its way would be refused.
const MARGIN_MS = 5_000;

/** Where people stand in lines. */
export const places = new Places(() => localStorage);

const admissions = new Map<string, Admission>();
const listeners = new Set<() => void>();

/** The admission to an event's sale as far as it is known here, without asking anybody. */
export function currentAdmission(eventId: string): Admission | null {
  const admission = admissions.get(eventId);
  return admission !== undefined && admission.endsAt - serverNow() > 0 ? admission : null;
}

/** Calls back when an admission comes or goes; the answer ends that. */
export function onAdmissionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * What to send as `X-Admission-Token` with a call that holds seats; `null` when nothing is known, and then the call is made
 * without: most sales want none, and those that do answer 403 `admission_required`, which leads to the waiting room.
 *
 * Asks again when the admission has ended, or when this browser has a place in the line.
 */
export async function admissionFor(eventId: string): Promise<string | null> {
  const known = admissions.get(eventId);
  if (known !== undefined && known.endsAt - serverNow() > MARGIN_MS) return known.token;
  if (known === undefined && placeIn(eventId) === null) return null;
  const answer = await askIn(eventId);
  return answer.status === "ADMITTED" ? answer.admissionToken : null;
}

/**
 * Asks to come in, with the place that this browser keeps, and keeps what the answer says. A place that is not good for this
 * account is forgotten and asked for anew. Inside already, it renews the admission.
 */
export async function askIn(eventId: string): Promise<QueueAnswer> {
  const ticket = placeIn(eventId)?.ticket || null;
  let answer: QueueAnswer;
  try {
    answer = await checkQueue(eventId, ticket);
  } catch (error) {
    if (ticket === null || asProblem(error).code !== "ticket_invalid") throw error;
    forgetPlace(eventId);
    answer = await checkQueue(eventId, null);
  }
  if (answer.status === "ADMITTED") {
    admit(eventId, answer.admissionToken, answer.expiresAt);
    // Who had not to wait has no ticket: that they were let in is known after a reload all the same.
    if (placeIn(eventId) === null) keepPlace(eventId, "", null);
  } else {
    expel(eventId);
    if (answer.ticket !== null) keepPlace(eventId, answer.ticket, answer.ahead);
  }
  return answer;
}

/** Keeps an admission, however it came. */
export function admit(eventId: string, token: string, expiresAt: string): void {
  admissions.set(eventId, { token, givenAt: serverNow(), endsAt: Date.parse(expiresAt) });
  tell();
}

/** Forgets an admission that the server does not take any more. */
export function expel(eventId: string): void {
  if (admissions.delete(eventId)) tell();
}

/** Gives up the place in the line and inside the sale. */
export async function leaveSale(eventId: string): Promise<void> {
  await leaveQueue(eventId);
  forgetPlace(eventId);
  expel(eventId);
}

/** Where the person who is logged in stands in an event's line, if this browser knows. */
export function placeIn(eventId: string) {
  const user = userId();
  return user === null ? null : places.of(user, eventId);
}

/** Keeps a ticket of the line. */
export function keepPlace(eventId: string, ticket: string, ahead: number | null): void {
  const user = userId();
  if (user !== null) places.keep(user, eventId, ticket, ahead, serverNow());
}

/** Forgets a ticket that is void. */
export function forgetPlace(eventId: string): void {
  const user = userId();
  if (user !== null) places.drop(user, eventId);
}

// An admission is an account's own.
let owner = userId();
onSessionChange(() => {
  if (userId() === owner) return;
  owner = userId();
  admissions.clear();
  tell();
});

function userId(): string | null {
  const session = currentSession();
  return session.status === "signed-in" ? session.user.id : null;
}

function tell(): void {
  for (const listener of listeners) listener();
}
