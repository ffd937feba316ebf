/** A request that the API refused, or that got no answer. */
export class Problem extends Error {
  override readonly name = "Problem";

  constructor(
    /** The HTTP status; 0 when nothing answered. */
    readonly status: number,
    /** The stable code of the refusal (`seats_unavailable`, …); `offline` when nothing answered. */
    readonly code: string,
    /** The whole problem document, for members of its own such as `seatIds`. */
    readonly document: Readonly<Record<string, unknown>> = {},
    /** After how many seconds to try again, if the answer says so. */
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(typeof document.detail === "string" ? document.detail : code);
  }

  /** Whether the same request may succeed later without anybody changing it. */
  get isTransient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** What to quote when asking for help. */
  get requestId(): string | null {
    return typeof this.document.requestId === "string" ? this.document.requestId : null;
  }

  /** What is wrong with the fields of a form, by JSON pointer (`/email`). */
  get violations(): readonly Violation[] {
    return Array.isArray(this.document.errors) ? (this.document.errors as Violation[]) : [];
  }
}

export interface Violation {
  readonly pointer: string;
  readonly detail: string;
}

/** The problem in an answer that is not a success. The gateway's own refusals have no problem document. */
export async function problemOf(answer: Response): Promise<Problem> {
  const document: unknown = await answer
    .clone()
    .json()
    .catch(() => ({}));
  const members = isRecord(document) ? document : {};
  const code = typeof members.code === "string" ? members.code : codeOfStatus(answer.status);
  const wait = Number(answer.headers.get("Retry-After") ?? Number.NaN);
  return new Problem(answer.status, code, members, Number.isFinite(wait) ? wait : null);
}

/** What to tell a person of any error: everything that is not a problem of the API is a defect of ours. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(0, error instanceof TypeError ? "offline" : "unexpected");
}

function codeOfStatus(status: number): string {
  if (status === 401) return "unauthorized";
  if (status === 403) return "forbidden";
  if (status === 404) return "not_found";
  if (status === 429) return "too_many_requests";
  return status >= 500 ? "unavailable" : "refused";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
