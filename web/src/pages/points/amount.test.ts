import { describe, expect, it } from "vitest";
import { amountOf, isAmount } from "./amount";
import { readReturn } from "./gatewayReturn";

describe("an amount of points", () => {
  it("is read as people type it", () => {
    expect(["10000", " 10,000 ", "１００００"].map(amountOf)).toEqual([10_000, 10_000, 10_000]);
    for (const text of ["", "ten", "1.5", "-5", "1e4", "0x10"]) expect(amountOf(text), text).toBeNaN();
  });

  it("has limits", () => {
    expect([1, 10_000_000].map(isAmount)).toEqual([true, true]);
    expect([0, 10_000_001, Number.NaN, 1.5].map(isAmount)).toEqual([false, false, false, false]);
  });
});

describe("coming back from the gateway", () => {
  const read = (query: string) => readReturn(new URLSearchParams(query));
  const id = "pay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c08";

  it("with a key is a purchase", () => {
    expect(read(`paymentKey=ok_1&orderId=${id}&amount=10000&paymentType=NORMAL`)).toEqual({
      kind: "approved",
      order: { chargeId: id, paymentKey: "ok_1", amount: 10_000 },
    });
  });

  it("with a code is none, and only codes that are known are told apart", () => {
    expect(read(`code=PAY_PROCESS_CANCELED&message=x&orderId=${id}`)).toEqual({
      kind: "failed",
      reason: "closed",
    });
    expect(read("code=REJECT_CARD_COMPANY")).toEqual({ kind: "failed", reason: "declined" });
    expect(read("code=SOMETHING_ELSE&message=Call+0900")).toEqual({ kind: "failed", reason: "other" });
  });

  it("with anything else is nothing", () => {
    for (const query of [
      "",
      "paymentKey=ok_1",
      `paymentKey=ok_1&orderId=${id}&amount=ten`,
      `orderId=${id}&amount=5`,
    ]) {
      expect(read(query), query).toEqual({ kind: "nothing" });
    }
  });
});
