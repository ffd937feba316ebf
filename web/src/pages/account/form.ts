import type { FieldPath, FieldValues, UseFormSetError } from "react-hook-form";
import type { Problem } from "../../api/problem";

/**
 * Shows what the API says is wrong at the fields it is about, and leads to the first of them; `texts` says it in the
 * reader's words. Answers whether there was such a field.
 */
export function showViolations<Fields extends FieldValues>(
  problem: Problem,
  texts: Readonly<Partial<Record<FieldPath<Fields>, string>>>,
  setError: UseFormSetError<Fields>,
): boolean {
  const wrong = (Object.keys(texts) as FieldPath<Fields>[]).filter((name) =>
    problem.violations.some(({ pointer }) => pointer === `/${name}`),
  );
  for (const [index, name] of wrong.entries()) {
    setError(name, { type: "server", message: texts[name] ?? "" }, { shouldFocus: index === 0 });
  }
  return wrong.length > 0;
}

const PASSWORD_LENGTH = { least: 10, most: 128 } as const;

/** Whether an account may be opened with this password: 10 to 128 characters, of any kind. */
export function isAcceptablePassword(password: string): boolean {
  // An emoji is one character and two units of a string.
  const length = [...password].length;
  return length >= PASSWORD_LENGTH.least && length <= PASSWORD_LENGTH.most;
}

/** Whether a text looks like an address; the API knows better. */
export function looksLikeEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text.trim());
}

/** Whether a text can be a name: something on one line, at most 100 characters. */
export function isName(text: string): boolean {
  const length = [...text.trim()].length;
  return length >= 1 && length <= 100 && !/\p{Cc}/u.test(text);
}
