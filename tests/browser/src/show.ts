import { randomUUID } from "node:crypto";
import { expectStatus } from "./api.js";
import { guard, type Hall, open } from "./halls.js";
import { type Person, register } from "./people.js";
import { buy, charge, hold } from "./purchase.js";

/** What is pictured: events of the demo data, and somebody who buys there. */
export interface Show {
  readonly person: Person;
  /** A hall of 12,000 seats, some of them taken. */
  readonly arena: Hall;
  /** A theatre, with a reservation of the person's. */
  readonly theatre: Hall;
  readonly bought: string;
  readonly payment: string;
  /** Seats in the arena that are held for the person. */
  readonly held: string;
  /** A sale with a waiting room. */
  readonly guarded: Hall;
}

const CROWD = 10;
const AHEAD = 4;

/** Makes it, from what `make demo` loads. */
export async function makeShow(): Promise<Show> {
  const person = await register("Ada Lovelace");
  const [arena, theatre, guarded] = await Promise.all([
    eventOf(person, "아이유 콘서트"),
    eventOf(person, "모비 딕"),
    open({ title: "Premiere of the year", category: "film", rows: 8, seatsPerRow: 16, price: 18_000 }),
  ]);
  await crowd(arena);
  const bought = await firstFree("ABCDEFGH", (row) =>
    buy(person, theatre, `stalls-${row}-9`, `stalls-${row}-10`),
  );
  const held = await firstFree("HJKLMNOP", (row) =>
    hold(person, arena, `floor-${row}-24`, `floor-${row}-25`),
  );
  await charge(person, 12_000);
  await line(person, guarded);
  const { paymentId } = await expectStatus(200, person.api.get(`/reservations/${bought}`));
  return { person, arena, theatre, guarded, bought, held, payment: paymentId };
}

// Where the pictures are taken again, the seats of the first time are gone.
async function firstFree(rows: string, take: (row: string) => Promise<string>): Promise<string> {
  for (const row of rows) {
    try {
      return await take(row);
    } catch (error) {
      if (!String(error).includes("seats_unavailable")) throw error;
    }
  }
  throw new Error("no row of the hall is free");
}

// Others have been there before: neighbours in the front rows, two here and three there.
async function crowd(arena: Hall): Promise<void> {
  for (let who = 0; who < CROWD; who += 1) {
    const visitor = await register("Somebody Else");
    const row = "ABCDEFG"[who % 7];
    const first = 8 + ((who * 11) % 34);
    const seats = Array.from({ length: 2 + (who % 3) }, (_, seat) => `floor-${row}-${first + seat}`);
    await hold(visitor, arena, ...seats).catch(() => undefined);
  }
}

async function eventOf(person: Person, words: string): Promise<Hall> {
  const found = await expectStatus(200, person.api.get(`/events?q=${encodeURIComponent(words)}&limit=1`));
  const event = found.items[0]?.id;
  if (event === undefined) throw new Error(`no demo event is called ${words}: is the demo data loaded?`);
  const { title, performances } = await expectStatus(200, person.api.get(`/events/${event}`));
  const ids = performances.map(({ id }: { id: string }) => id);
  return { title, event, performance: ids[0], performances: ids, ticketType: "", price: 0 };
}

// One is let in at a time, and some were earlier.
async function line(person: Person, guarded: Hall): Promise<void> {
  await guard(guarded, { capacity: 1 });
  for (let place = 0; place < AHEAD; place += 1) {
    await join(await register("Somebody Else"), guarded);
  }
  await join(person, guarded);
}

function join({ api }: Person, { event }: Hall) {
  return api.post(`/queue/check/${event}`, {}, { "Idempotency-Key": randomUUID() });
}
