import { randomUUID } from "node:crypto";
import { expectStatus } from "./api.js";
import { guard, type Hall, open } from "./halls.js";
import { admin, type Person, register } from "./people.js";
import { buy, charge, hold } from "./purchase.js";

/** Something of everything that a buyer can look at. */
export interface World {
  readonly person: Person;
  /** With a confirmed reservation of the person's. */
  readonly hall: Hall;
  readonly bought: string;
  readonly payment: string;
  /** Another, with seats that are held for the person. */
  readonly held: string;
  /** A sale with a waiting room, in which somebody else is. */
  readonly guarded: Hall;
  readonly announcement: string;
}

/** Makes a world, in some ten seconds. */
export async function makeWorld(title: string): Promise<World> {
  const [person, hall, other, guarded] = await Promise.all([
    register("Ada Lovelace"),
    open({ title, performances: 3 }),
    open({ title: `${title} II` }),
    open({ title: `${title} III`, rows: 2, seatsPerRow: 4 }),
  ]);
  const { api } = await admin();
  const [bought, held, announcement] = await Promise.all([
    buy(person, hall, "R1-4", "R1-5"),
    hold(person, other, "R1-1"),
    expectStatus(
      201,
      api.post("/admin/announcements", { title: `News of ${title}`, body: "Doors open at six." }),
    ),
    charge(person, 12_000),
    guard(guarded, { capacity: 1 }),
  ]);
  const { paymentId } = await expectStatus(200, person.api.get(`/reservations/${bought}`));
  const inside = await register("Somebody Inside");
  await inside.api.post(`/queue/check/${guarded.event}`, {}, { "Idempotency-Key": randomUUID() });
  return { person, hall, bought, payment: paymentId, held, guarded, announcement: announcement.id };
}
