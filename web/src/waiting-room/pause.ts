import { asProblem, type Problem } from "../api/problem";
import type { QueueAnswer } from "../api/queue";

/** What decides when to ask again. */
export interface Situation {
  readonly answer: QueueAnswer | undefined;
  readonly error: unknown;
  /** Whether news of this line come by themselves. */
  readonly isHearing: boolean;
  readonly now: number;
  /** A random share of the pause, from 0 to 1, that not everybody asks in the same moment. */
  readonly share: number;
}

// News may be lost without a word; and what they do not say (notices, seats left) has to come, too.
const HEARING_MS = 60_000;
// Called up, and nobody says so: docs/live-updates.md.
const CALLED_UP_MS = 3_000;
const TROUBLE_MS = 5_000;
const SPREAD_MS = 3_000;
const LONGEST_MS = 600_000;

/** After how many milliseconds to ask how one stands; `false` when there is nothing more to ask. */
export function pauseBeforeAsking({ answer, error, isHearing, now, share }: Situation): number | false {
  if (error !== null) return pauseAfter(asProblem(error), now, share);
  if (answer === undefined || answer.status === "ADMITTED") return false;
  const told = answer.pollAfterSeconds * 1000;
  if (answer.status === "PRE_QUEUE" || !isHearing) return told;
  return answer.position === 0 ? CALLED_UP_MS : Math.max(told, HEARING_MS);
}

function pauseAfter(problem: Problem, now: number, share: number): number | false {
  if (problem.code === "queue_not_open") {
    const opens = Date.parse(String(problem.document.preQueueOpensAt));
    const left = Number.isNaN(opens) ? TROUBLE_MS : opens - now;
    return Math.min(LONGEST_MS, Math.max(1_000, left) + share * SPREAD_MS);
  }
  if (!problem.isTransient) return false;
  return (problem.retryAfterSeconds ?? 0) * 1000 || TROUBLE_MS * (0.5 + share);
}
