import { describe, expect, it } from "vitest";
import { type CardPayment, orderName } from "./gateway";
import { tossOrder } from "./toss";
import { virtualForm } from "./virtual";

const payment: CardPayment = {
  kind: "reservation",
  orderId: "pay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c08",
  amount: 4_550,
  currency: "USD",
  orderName: "봄 음악회 × 2",
  customerName: "Kim & Lee",
  successUrl: "http://localhost:3000/reservations/rsv_1/paid?points=100",
  failUrl: "http://localhost:3000/reservations/rsv_1/paid",
};

describe("the virtual gateway", () => {
  it("gets everything in the address of its form, whatever characters are in it", () => {
    const form = virtualForm("http://localhost:4570/checkout", payment, "ko");
    expect(form.origin + form.pathname).toBe("http://localhost:4570/checkout");
    const { kind: _, ...told } = payment;
    expect(Object.fromEntries(form.searchParams)).toEqual({ ...told, amount: "4550", locale: "ko" });
  });
});

describe("Toss Payments", () => {
  it("counts in the major unit", () => {
    expect(tossOrder(payment).amount).toEqual({ currency: "USD", value: 45.5 });
    expect(tossOrder({ ...payment, amount: 45_000, currency: "KRW" }).amount).toEqual({
      currency: "KRW",
      value: 45_000,
    });
  });
});

describe("the name of an order", () => {
  it("says how many tickets, and is never too long", () => {
    expect(orderName("The Seagull", 1)).toBe("The Seagull");
    expect(orderName("The Seagull", 3)).toBe("The Seagull × 3");
    const long = orderName("가".repeat(200), 8);
    expect([...long]).toHaveLength(100);
    expect(long).toMatch(/… × 8$/);
  });
});
