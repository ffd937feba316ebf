import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { eventually, expectStatus } from "./api.js";
import type { Hall } from "./halls.js";
import type { Person } from "./people.js";

/** Seats held through the API; answers with the reservation's id. */
export async function hold(person: Person, hall: Hall, ...seatIds: string[]): Promise<string> {
  const held = await expectStatus(
    201,
    person.api.post(
      "/seats/reserve",
      { performanceId: hall.performance, seatIds },
      { "Idempotency-Key": randomUUID() },
    ),
  );
  return held.id;
}

/** Seats bought through the API; answers with the reservation's id once it is confirmed. */
export async function buy(person: Person, hall: Hall, ...seatIds: string[]): Promise<string> {
  const reservationId = await hold(person, hall, ...seatIds);
  await expectStatus(
    202,
    person.api.post(
      "/payments",
      { reservationId, method: "CARD", paymentKey: `ok_${randomUUID()}` },
      { "Idempotency-Key": randomUUID() },
    ),
  );
  await eventually("the reservation is confirmed", async () => {
    const { body } = await person.api.get(`/reservations/${reservationId}`);
    return body?.status === "CONFIRMED" ? true : undefined;
  });
  return reservationId;
}

/** Points on an account, charged by card through the API. */
export async function charge(person: Person, amount: number): Promise<void> {
  await expectStatus(
    202,
    person.api.post(
      "/points/charge",
      { amount, paymentKey: `ok_${randomUUID()}` },
      { "Idempotency-Key": randomUUID() },
    ),
  );
  await eventually("the points have arrived", async () => {
    const { body } = await person.api.get("/points");
    return body?.balance === amount ? true : undefined;
  });
}

/** Which button of the payment gateway's page does what. */
export type Outcome =
  | "Pay"
  | "Cancel"
  | "Decline"
  | "No answer, approved"
  | "No answer, not approved"
  | "Late approval"
  | "Gateway broken";

/** On the gateway's page, chooses what becomes of the payment. */
export async function atTheGateway(page: Page, outcome: Outcome): Promise<void> {
  await page.waitForURL("**/checkout?orderId=*");
  await page.getByRole("button", { name: outcome, exact: true }).click();
}

/** Waits for the news that a payment has gone through, and the way to the tickets. */
export async function expectPaid(page: Page): Promise<void> {
  await page.waitForURL("**/payments/pay_*");
  await expect(page.getByText("Paid. Have a good time!")).toBeVisible({ timeout: 30_000 });
}
