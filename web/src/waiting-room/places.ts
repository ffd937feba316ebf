/** A place in a line, kept by the browser: the server keeps none, and a lost ticket is a lost place. */
export interface Place {
  /** Empty for who was let in without waiting. */
  readonly ticket: string;
  /** How many were ahead when the place was first known: where the progress begins. */
  readonly aheadAtFirst: number | null;
  /** When it was last confirmed, in milliseconds since 1970. */
  readonly seenAt: number;
}

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const PREFIX = "jari.place.";
const LONGEST_MS = 24 * 3_600_000;

/**
 * The places that this browser knows. They survive a reload and a closed tab. A ticket is good for its own account alone,
 * so it is no secret; the account is in the name all the same, that nobody shows somebody else's and is refused.
 */
export class Places {
  constructor(private readonly store: () => Store) {}

  /** The place of somebody in an event's line. */
  of(userId: string, eventId: string): Place | null {
    try {
      return parse(this.store().getItem(name(userId, eventId)));
    } catch {
      return null;
    }
  }

  /** Keeps a place, and forgets those of yesterday. */
  keep(userId: string, eventId: string, ticket: string, ahead: number | null, now: number): void {
    const before = this.of(userId, eventId);
    const place: Place = {
      ticket,
      aheadAtFirst: Math.max(before?.aheadAtFirst ?? 0, ahead ?? 0) || null,
      seenAt: now,
    };
    try {
      this.store().setItem(name(userId, eventId), JSON.stringify(place));
      this.tidy(now);
    } catch {
      // Storage is full or forbidden: the place holds as long as the page.
    }
  }

  /** Forgets a place that was used, given up or refused. */
  drop(userId: string, eventId: string): void {
    try {
      this.store().removeItem(name(userId, eventId));
    } catch {
      // Then there was none.
    }
  }

  private tidy(now: number): void {
    const store = this.store();
    const names = Array.from({ length: store.length }, (_, index) => store.key(index));
    for (const key of names) {
      if (!key?.startsWith(PREFIX)) continue;
      const place = parse(store.getItem(key));
      if (place === null || now - place.seenAt > LONGEST_MS) store.removeItem(key);
    }
  }
}

function name(userId: string, eventId: string): string {
  return `${PREFIX}${userId}.${eventId}`;
}

function parse(text: string | null): Place | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isPlace(value) ? value : null;
  } catch {
    return null;
  }
}

function isPlace(value: unknown): value is Place {
  if (typeof value !== "object" || value === null) return false;
  const { ticket, aheadAtFirst, seenAt } = value as Record<string, unknown>;
  return (
    typeof ticket === "string" &&
    typeof seenAt === "number" &&
    (aheadAtFirst === null || typeof aheadAtFirst === "number")
  );
}
