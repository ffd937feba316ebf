import { eventually, expectStatus } from "./api.js";
import type { Class } from "./arena.js";
import { admin } from "./people.js";

/** How to make an event of one's own. */
export interface Plan {
  readonly title?: string;
  readonly venue?: string;
  readonly category?: "concert" | "theatre" | "film";
  readonly rows?: number;
  readonly seatsPerRow?: number;
  /** A hall of several sections and prices instead: the body of `POST /admin/layouts`, and what is sold of it. */
  readonly large?: { readonly layout: object; readonly classes: readonly Class[] };
  /** At this price, behind the stalls, a section `Balcony` of two rows: seats `B1-1`, `B1-2`, … */
  readonly balcony?: number;
  /** General admission instead of seats: how many tickets. */
  readonly quota?: number;
  readonly buyerLimit?: number;
  readonly price?: number;
  /** How many performances, a day apart. */
  readonly performances?: number;
  /** When the sale opens and closes. */
  readonly saleOpensAt?: string;
  readonly saleClosesAt?: string;
}

/** An event on sale. Seats are `R1-1`, `R1-2`, … in the section `Stalls`. */
export interface Hall {
  readonly title: string;
  readonly event: string;
  readonly performance: string;
  readonly performances: readonly string[];
  readonly ticketType: string;
  readonly price: number;
}

let count = 0;

/** Puts an event on sale and waits until seats can be had. */
export async function open(plan: Plan = {}): Promise<Hall> {
  const { api } = await admin();
  count += 1;
  const title = plan.title ?? `Evening ${process.pid}-${count}`;
  const price = plan.price ?? 45_000;
  const event = await made("/admin/events", {
    title,
    category: plan.category ?? "concert",
    venue: plan.venue ?? "자리 아레나",
    timeZone: "Asia/Seoul",
    description: "An evening of chamber music.\nDoors open an hour before.",
    buyerLimit: plan.buyerLimit ?? 8,
  });
  const seated = plan.quota === undefined;
  const layoutId = seated ? await made("/admin/layouts", plan.large?.layout ?? layout(plan)) : undefined;
  const kinds = plan.large?.classes ?? [
    seated ? { name: "R", price, sectionIds: ["stalls"] } : { name: "Standing", price, quota: plan.quota },
    ...(plan.balcony ? [{ name: "S", price: plan.balcony, sectionIds: ["balcony"] }] : []),
  ];
  const ticketTypes: string[] = [];
  for (const kind of kinds) ticketTypes.push(await made("/admin/ticket-types", { eventId: event, ...kind }));
  const performances: string[] = [];
  for (let day = 0; day < (plan.performances ?? 1); day += 1) {
    performances.push(
      await made(`/admin/events/${event}/performances`, {
        startsAt: inDays(30 + day),
        ...(layoutId && { layoutId }),
        ...(plan.saleOpensAt && { saleOpensAt: plan.saleOpensAt }),
        ...(plan.saleClosesAt && { saleClosesAt: plan.saleClosesAt }),
      }),
    );
  }
  await expectStatus(200, api.post(`/admin/events/${event}/publish`));
  const performance = performances[0] ?? "";
  // Environments of the seat map learn of it one by one: only several answers in a row say that all have.
  let answers = 0;
  await eventually("the event is on sale", async () => {
    const { status } = await api.get(`/seats/events/${event}?performanceId=${performance}`);
    answers = status === 200 ? answers + 1 : 0;
    return answers >= 5 ? true : undefined;
  });
  return { title, event, performance, performances, ticketType: ticketTypes[0] ?? "", price };
}

/** Puts a waiting room before the sale of an event. */
export async function guard(
  hall: Hall,
  rules: { capacity: number; opensAt?: string; preQueueMinutes?: number; sessionSeconds?: number },
) {
  const { api } = await admin();
  const queue = { opensAt: new Date().toISOString(), sessionSeconds: 300, ...rules };
  await eventually("the waiting room knows the event", async () => {
    const { status } = await api.put(`/queue/admin/${hall.event}`, queue);
    return status === 200 ? true : undefined;
  });
  // Booking and every environment of the waiting room keep what they read for a moment.
  let answers = 0;
  await eventually("everybody knows the waiting room", async () => {
    const { body } = await api.get(`/queue/status/${hall.event}`);
    answers = body?.phase !== undefined && body.phase !== "NONE" ? answers + 1 : 0;
    return answers >= 8 ? true : undefined;
  });
}

/** Waits until a search for its title finds an event. */
export async function findable(hall: Hall): Promise<void> {
  const { api } = await admin();
  await eventually("the search finds the event", async () => {
    const { body } = await api.get(`/events?q=${encodeURIComponent(hall.title)}`);
    return body?.items?.some(({ id }: { id: string }) => id === hall.event) ? true : undefined;
  });
}

/** A time so many days from now. */
export function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString();
}

async function made(path: string, body: unknown): Promise<string> {
  const { api } = await admin();
  return (await expectStatus(201, api.post(path, body))).id;
}

function layout({ rows = 4, seatsPerRow = 10, balcony }: Plan) {
  const blocks = (letter: string, length: number, front: number) =>
    Array.from({ length }, (_, row) => ({
      id: `${letter}${row + 1}`,
      seats: Array.from({ length: seatsPerRow }, (_, seat) => ({
        id: `${letter}${row + 1}-${seat + 1}`,
        label: String(seat + 1),
        row: `${letter}${row + 1}`,
        x: seat * 10,
        y: front + row * 12,
        accessible: row === length - 1 && seat === 0,
      })),
    }));
  const sections = [{ id: "stalls", name: "Stalls", blocks: blocks("R", rows, 0) }];
  if (balcony) sections.push({ id: "balcony", name: "Balcony", blocks: blocks("B", 2, rows * 12 + 24) });
  return { name: `Hall of ${rows} × ${seatsPerRow}`, sections };
}
