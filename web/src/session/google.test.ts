import { describe, expect, it } from "vitest";
import { type Departure, readArrival } from "./google";

const departed: Departure = {
  state: "1795169400.abc",
  codeVerifier: "v".repeat(43),
  redirectUri: "https://jari.example/login/google",
  next: "/points",
};

function arrival(query: string, from: Departure | null = departed) {
  return readArrival(new URLSearchParams(query), from);
}

describe("coming back from Google", () => {
  it("takes the code of the departure it belongs to", () => {
    expect(arrival("code=4%2F0A&state=1795169400.abc&scope=email")).toEqual({
      kind: "code",
      arrival: {
        code: "4/0A",
        state: "1795169400.abc",
        codeVerifier: departed.codeVerifier,
        redirectUri: departed.redirectUri,
      },
    });
  });

  it("takes no code that somebody else was given", () => {
    expect(arrival("code=x&state=1795169400.abd")).toEqual({ kind: "unknown" });
    expect(arrival("code=x&state=1795169400.abc", null)).toEqual({ kind: "unknown" });
    expect(arrival("code=x")).toEqual({ kind: "unknown" });
    expect(arrival("")).toEqual({ kind: "unknown" });
  });

  it("tells a person who did not wish to from a failure", () => {
    expect(arrival("error=access_denied&state=1795169400.abc")).toEqual({ kind: "denied" });
    expect(arrival("error=server_error")).toEqual({ kind: "failed" });
  });
});
