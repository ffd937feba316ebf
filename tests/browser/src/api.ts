import { BASE_URL } from "./environment.js";

/** What the API answered. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every kind, and fail where they are wrong
  readonly body: any;
}

/** The API as a program sees it: for what a test needs to be there before somebody opens a page. */
export class Api {
  constructor(private readonly token: string | null = null) {}

  get(path: string): Promise<Answer> {
    return this.ask("GET", path);
  }

  post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask("POST", path, body, headers);
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.ask("PUT", path, body);
  }

  patch(path: string, body: unknown): Promise<Answer> {
    return this.ask("PATCH", path, body);
  }

  delete(path: string): Promise<Answer> {
    return this.ask("DELETE", path);
  }

  private async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const answer = await fetch(`${BASE_URL}/api/v1${path}`, {
      method,
      headers: {
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...(this.token !== null && { Authorization: `Bearer ${this.token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === "" ? null : JSON.parse(text) };
  }
}

/** The body of an answer that must have this status. */
// biome-ignore lint/suspicious/noExplicitAny: see Answer
export async function expectStatus(status: number, answer: Promise<Answer>): Promise<any> {
  const { status: given, body } = await answer;
  if (given !== status) throw new Error(`answered ${given} instead of ${status}: ${JSON.stringify(body)}`);
  return body;
}

/** Asks until there is an answer. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  seconds = 30,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
