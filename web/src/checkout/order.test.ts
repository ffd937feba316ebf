import { describe, expect, it } from "vitest";
import { paymentOrder } from "../api/payments";
import { mostPoints, readReturn, returnUrls, slidTo, splitOf } from "./order";

const id = "pay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c08";

describe("points", () => {
  it("pay for no more than there is to pay, and no more than there are", () => {
    expect(mostPoints(5_000, "KRW", 10_000)).toBe(5_000);
    expect(mostPoints(5_000, "KRW", 300)).toBe(300);
    expect(mostPoints(5_000, "USD", 10_000)).toBe(0);
  });

  it("are cut to what is possible, whatever was typed", () => {
    expect(splitOf(5_000, 2_000, 3_000)).toEqual({ points: 2_000, card: 3_000 });
    expect(splitOf(5_000, 9_999, 3_000)).toEqual({ points: 3_000, card: 2_000 });
    expect(splitOf(5_000, -1, 3_000)).toEqual({ points: 0, card: 5_000 });
    expect(splitOf(5_000, Number.NaN, 3_000)).toEqual({ points: 0, card: 5_000 });
    expect(splitOf(5_000, 10.7, 3_000).points).toBe(10);
  });

  it("can be taken back one by one where a step is one of them", () => {
    expect(slidTo(499, 500, 1)).toBe(499);
    expect(slidTo(500, 500, 1)).toBe(500);
  });

  it("are all of them at the last step, which may end short", () => {
    expect(slidTo(1_000, 1_050, 100)).toBe(1_050);
    expect(slidTo(900, 1_050, 100)).toBe(900);
    expect(slidTo(1_100, 1_200, 100)).toBe(1_100);
  });
});

describe("an order", () => {
  it("is by card, in points, or some of each", () => {
    const order = { reservationId: "rsv_1", paymentId: id };
    expect(paymentOrder({ ...order, points: 0, paymentKey: "k" })).toEqual({
      ...order,
      method: "CARD",
      paymentKey: "k",
    });
    expect(paymentOrder({ ...order, points: 5, paymentKey: null })).toEqual({ ...order, method: "POINT" });
    expect(paymentOrder({ ...order, points: 5, paymentKey: "k" })).toEqual({
      ...order,
      method: "MIXED",
      pointAmount: 5,
      paymentKey: "k",
    });
  });
});

describe("the way back from the gateway", () => {
  it("is read as it was sent", () => {
    const { successUrl } = returnUrls("http://localhost:3000", "rsv_1", 700);
    const url = new URL(successUrl);
    for (const [name, value] of Object.entries({ paymentKey: "key", orderId: id, amount: "4300" })) {
      url.searchParams.set(name, value);
    }
    expect(url.pathname).toBe("/reservations/rsv_1/paid");
    expect(readReturn(url.search)).toEqual({ kind: "paid", paymentKey: "key", paymentId: id, points: 700 });
  });

  it("without points has none", () => {
    expect(readReturn(`?paymentKey=key&orderId=${id}&amount=5000`)).toMatchObject({
      kind: "paid",
      points: 0,
    });
  });

  it("says why nothing was paid", () => {
    expect(readReturn("?code=PAY_PROCESS_CANCELED&message=x")).toEqual({
      kind: "not-paid",
      code: "PAY_PROCESS_CANCELED",
    });
  });

  it("that makes no sense pays nothing", () => {
    expect(readReturn("").kind).toBe("unknown");
    expect(readReturn("?paymentKey=key&orderId=nonsense").kind).toBe("unknown");
    expect(readReturn(`?paymentKey=key&orderId=${id}&points=-5`).kind).toBe("unknown");
    expect(readReturn(`?paymentKey=key&orderId=${id}&points=1.5`).kind).toBe("unknown");
  });
});
