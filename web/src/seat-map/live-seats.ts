import type { components } from "../api/schema";
import type { ServerMessage } from "../live/messages";
import { decode, FREE, HELD, NOT_FOR_SALE, SOLD } from "./availability";
import type { Hall } from "./hall";

type SeatMap = components["schemas"]["SeatMap"];
type Delta = Extract<ServerMessage, { type: "seat-locked" | "seat-update" }>;

// More than a room says while a map is on its way; whoever misses one reads the map again anyway.
const MOST_KEPT = 200;
const STATES = { FREE, SOLD, NOT_FOR_SALE } as const;

/**
 * What is known of the seats of a performance now, by the rules of docs/live-updates.md: a map is good once its version is
 * at least that of the room, differences apply in order, and whoever missed one reads the map again.
 */
export class LiveSeats {
  /** The state of each seat; replaced and never written to, so that a change is another array. */
  states: Uint8Array;
  /** Of seats that are held: when each is free again unless it is paid, as far as that was said. Milliseconds since 1970. */
  readonly heldUntil = new Map<number, number>();
  /** Seats that others think about. */
  others: ReadonlySet<number> = new Set();

  private version = -1;
  private wanted = 0;
  private kept: Delta[] = [];
  private readonly listeners = new Set<() => void>();
  private changes = 0;

  constructor(
    readonly hall: Hall,
    first?: SeatMap,
  ) {
    this.states = new Uint8Array(hall.size).fill(NOT_FOR_SALE);
    if (first) this.take(first);
  }

  /** Whether the map has to be read (again) before what is known is right. */
  get needsMap(): boolean {
    return this.version < this.wanted || this.version < 0;
  }

  /** Whether a map was read at all. */
  get isKnown(): boolean {
    return this.version >= 0;
  }

  /** Whether seats are held of which nobody said until when: only the map will tell that they are free again. */
  get hasUntimedHolds(): boolean {
    return this.states.some((state, seat) => state === HELD && !this.heldUntil.has(seat));
  }

  /** The room was joined and is at this version: older maps say too little. */
  joined(version: number): void {
    this.wanted = Math.max(this.wanted, version);
    this.tell();
  }

  /** A map was read. One that is older than wanted is shown, and read again. */
  take(map: SeatMap): void {
    if (map.version < this.version) return;
    this.version = map.version;
    this.states = decode(this.hall, map.availability.blocks);
    for (const seat of this.heldUntil.keys()) if (this.states[seat] !== HELD) this.heldUntil.delete(seat);
    if (!this.needsMap) {
      const kept = this.kept;
      this.kept = [];
      for (const delta of kept) this.change(delta);
    }
    this.tell();
  }

  /** The room told a difference. */
  apply(delta: Delta): void {
    this.change(delta);
    this.tell();
  }

  /** Others chose other seats. */
  choose(ids: readonly string[]): void {
    this.others = new Set(ids.map((id) => this.hall.indexOf(id)).filter((seat) => seat !== undefined));
    this.tell();
  }

  /** The API refused these seats: they are taken, whatever the map says yet. */
  lost(ids: readonly string[]): void {
    this.write(ids.map((id) => [id, HELD]));
    this.tell();
  }

  /** Frees what is held no longer: nobody is told when a hold ends by itself. */
  expire(now: number): void {
    const over = [...this.heldUntil].filter(([, until]) => until <= now);
    if (over.length === 0) return;
    this.write(over.map(([seat]) => [this.hall.ids[seat] ?? "", FREE]));
    this.tell();
  }

  /** Calls back at every change; the answer ends that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** A number that is another one after every change. */
  readonly snapshot = (): number => this.changes;

  private change(delta: Delta): void {
    if (this.needsMap) {
      this.kept.push(delta);
      if (this.kept.length > MOST_KEPT) this.kept.shift();
      return;
    }
    if (delta.previousVersion > this.version) {
      this.wanted = Math.max(this.wanted, delta.version);
      return;
    }
    if (delta.type === "seat-locked") {
      this.write(delta.seats.map(({ id }) => [id, HELD]));
      for (const { id, expiresAt } of delta.seats) {
        const seat = this.hall.indexOf(id);
        if (seat !== undefined) this.heldUntil.set(seat, Date.parse(expiresAt));
      }
    } else {
      this.write(delta.seats.map(({ id, status }) => [id, STATES[status]]));
    }
    // What it leaves out stands in the map alone.
    if (delta.type === "seat-update" && delta.reload) this.wanted = Math.max(this.wanted, delta.version);
    else this.version = Math.max(this.version, delta.version);
  }

  private write(news: readonly (readonly [string, number])[]): void {
    const states = this.states.slice();
    for (const [id, state] of news) {
      const seat = this.hall.indexOf(id);
      if (seat === undefined) continue;
      states[seat] = state;
      this.heldUntil.delete(seat);
    }
    this.states = states;
  }

  private tell(): void {
    this.changes += 1;
    for (const listener of this.listeners) listener();
  }
}
