import { beforeEach, describe, expect, it, vi } from "vitest";
import { begin, end, type User } from "../session/session";
import { admissionFor, admit, askIn, currentAdmission, expel, leaveSale, placeIn } from "./admission";
import { Problem } from "./problem";
import { checkQueue, leaveQueue, type QueueAnswer } from "./queue";

vi.mock("./queue", () => ({ checkQueue: vi.fn(), leaveQueue: vi.fn() }));

const EVENT = "evt_1";
const stored = new Map<string, string>();
vi.stubGlobal("localStorage", {
  get length() {
    return stored.size;
  },
  key: (index: number) => [...stored.keys()][index] ?? null,
  getItem: (name: string) => stored.get(name) ?? null,
  setItem: (name: string, value: string) => stored.set(name, value),
  removeItem: (name: string) => stored.delete(name),
});

const inOneMinute = () => new Date(Date.now() + 60_000).toISOString();
const entry = (): QueueAnswer => ({
  status: "ADMITTED",
  admissionToken: "new",
  expiresAt: inOneMinute(),
  seatsLeft: 1,
  notice: null,
});
const wait = (ticket: string): QueueAnswer => ({
  status: "WAITING",
  ticket,
  ticketId: "number-1",
  place: 4,
  position: 5,
  ahead: 4,
  estimatedWaitSeconds: null,
  pollAfterSeconds: 2,
  opensAt: inOneMinute(),
  seatsLeft: null,
  notice: null,
});
const logIn = (id: string) => begin({ accessToken: "a", expiresIn: 900, user: { id } as User });

beforeEach(() => {
  stored.clear();
  vi.mocked(checkQueue).mockReset();
  vi.mocked(leaveQueue).mockReset();
  logIn("usr_1");
  expel(EVENT);
});

describe("an admission", () => {
  it("is shown as long as it lasts, and nobody is asked", async () => {
    admit(EVENT, "known", inOneMinute());
    expect(await admissionFor(EVENT)).toBe("known");
    expect(checkQueue).not.toHaveBeenCalled();
  });

  it("is asked for again once it has ended", async () => {
    admit(EVENT, "old", new Date(Date.now() - 1).toISOString());
    expect(currentAdmission(EVENT)).toBeNull();
    vi.mocked(checkQueue).mockResolvedValue(entry());
    expect(await admissionFor(EVENT)).toBe("new");
  });

  it("is not asked for where no waiting room is known", async () => {
    expect(await admissionFor(EVENT)).toBeNull();
    expect(checkQueue).not.toHaveBeenCalled();
  });

  it("without a ticket leaves a trace, by which it is asked for after a reload", async () => {
    vi.mocked(checkQueue).mockImplementation(async () => entry());
    await askIn(EVENT);
    // A reload.
    expel(EVENT);
    expect(await admissionFor(EVENT)).toBe("new");
    expect(vi.mocked(checkQueue).mock.calls).toEqual([
      [EVENT, null],
      [EVENT, null],
    ]);
  });

  it("is of one account only", async () => {
    admit(EVENT, "known", inOneMinute());
    logIn("usr_2");
    expect(currentAdmission(EVENT)).toBeNull();
    end("signed-out");
    expect(await admissionFor(EVENT)).toBeNull();
  });
});

describe("a place in the line", () => {
  it("is kept, and shown with the next question", async () => {
    vi.mocked(checkQueue).mockResolvedValueOnce(wait("ticket")).mockResolvedValueOnce(entry());
    await askIn(EVENT);
    expect(placeIn(EVENT)).toMatchObject({ ticket: "ticket", aheadAtFirst: 4 });
    expect(await admissionFor(EVENT)).toBe("new");
    expect(vi.mocked(checkQueue).mock.calls).toEqual([
      [EVENT, null],
      [EVENT, "ticket"],
    ]);
  });

  it("is asked for anew when the kept one is refused, once", async () => {
    vi.mocked(checkQueue).mockResolvedValueOnce(wait("bad"));
    await askIn(EVENT);
    vi.mocked(checkQueue)
      .mockRejectedValueOnce(new Problem(403, "ticket_invalid"))
      .mockResolvedValueOnce(wait("good"));
    await askIn(EVENT);
    expect(placeIn(EVENT)?.ticket).toBe("good");
    vi.mocked(checkQueue).mockRejectedValue(new Problem(403, "ticket_invalid"));
    await expect(askIn(EVENT)).rejects.toThrow(Problem);
    expect(checkQueue).toHaveBeenCalledTimes(5);
  });

  it("outlives a question that got no answer", async () => {
    vi.mocked(checkQueue).mockResolvedValueOnce(wait("ticket"));
    await askIn(EVENT);
    vi.mocked(checkQueue).mockRejectedValueOnce(new Problem(0, "offline"));
    await expect(askIn(EVENT)).rejects.toThrow(Problem);
    expect(placeIn(EVENT)?.ticket).toBe("ticket");
  });

  it("is given up with the admission, once the server knows", async () => {
    vi.mocked(checkQueue).mockResolvedValueOnce(wait("ticket"));
    await askIn(EVENT);
    vi.mocked(leaveQueue).mockRejectedValueOnce(new Problem(0, "offline"));
    await expect(leaveSale(EVENT)).rejects.toThrow(Problem);
    expect(placeIn(EVENT)).not.toBeNull();
    vi.mocked(leaveQueue).mockResolvedValueOnce(undefined);
    await leaveSale(EVENT);
    expect(placeIn(EVENT)).toBeNull();
  });
});
