import { test } from "@playwright/test";
import { expectStatus } from "../src/api.js";
import { open } from "../src/halls.js";
import { keepLongHold } from "../src/long-hold.js";
import { register } from "../src/people.js";
import { hold } from "../src/purchase.js";

test("seats are held, and nobody pays for them", async () => {
  const hall = await open({ title: "Fünf Minuten" });
  const person = await register();
  const reservation = await hold(person, hall, "R2-5", "R2-6");
  const { expiresAt } = await expectStatus(200, person.api.get(`/reservations/${reservation}`));
  keepLongHold({
    email: person.email,
    event: hall.event,
    performance: hall.performance,
    reservation,
    expiresAt,
  });
});
