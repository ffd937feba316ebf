import { describe, expect, it, vi } from "vitest";
import { Problem } from "../../api/problem";
import { isAcceptablePassword, isName, looksLikeEmail, showViolations } from "./form";

describe("what is typed", () => {
  it("is a password from 10 to 128 characters, however many bytes they have", () => {
    expect(isAcceptablePassword("a".repeat(9))).toBe(false);
    expect(isAcceptablePassword("비밀번호는열글자이상")).toBe(true);
    expect(isAcceptablePassword("🔒".repeat(9))).toBe(false);
    expect(isAcceptablePassword("🔒".repeat(128))).toBe(true);
    expect(isAcceptablePassword("a".repeat(129))).toBe(false);
    expect(isAcceptablePassword("          ")).toBe(true);
  });

  it("is an address", () => {
    for (const good of ["a@b.co", " first.last+tag@sub.example.co.kr "])
      expect(looksLikeEmail(good)).toBe(true);
    for (const bad of ["", "a", "a@b", "@b.co", "a b@c.de", "a@b.", "a@@b.co"])
      expect(looksLikeEmail(bad), bad).toBe(false);
  });

  it("is a name", () => {
    expect(isName(" 김하나 ")).toBe(true);
    for (const bad of ["", "   ", "a\nb", "a".repeat(101)]) expect(isName(bad), bad).toBe(false);
  });
});

describe("what the API says is wrong", () => {
  const texts = { email: "no address", password: "too short" };

  it("stands at its fields, the first of which gets the focus", () => {
    const setError = vi.fn();
    const errors = [
      { pointer: "/password", detail: "must have 10 to 128 characters" },
      { pointer: "/email", detail: "must be an e-mail address" },
    ];
    const problem = new Problem(422, "validation_failed", { errors });
    expect(showViolations(problem, texts, setError)).toBe(true);
    expect(setError.mock.calls).toEqual([
      ["email", { type: "server", message: "no address" }, { shouldFocus: true }],
      ["password", { type: "server", message: "too short" }, { shouldFocus: false }],
    ]);
  });

  it("is said as a whole when no field is to blame", () => {
    const setError = vi.fn();
    const problem = new Problem(422, "validation_failed", { errors: [{ pointer: "/other", detail: "x" }] });
    expect(showViolations(problem, texts, setError)).toBe(false);
    expect(showViolations(new Problem(503, "unavailable"), texts, setError)).toBe(false);
    expect(setError).not.toHaveBeenCalled();
  });
});
