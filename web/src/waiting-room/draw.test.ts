import { describe, expect, it } from "vitest";
import { drawAgain, tookPart } from "./draw";

// The worked example of docs/fairness.md.
const SEED = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const HASH = "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd";
const TICKET = "5f2d8c1b9a3e47065f2d8c1b9a3e4706";

describe("the draw", () => {
  it("gives the place of the worked example", async () => {
    expect(await drawAgain(SEED, HASH, TICKET, 10_000)).toEqual({ isSeedGenuine: true, place: 9438 });
  });

  it("notices another seed than was published", async () => {
    const { isSeedGenuine, place } = await drawAgain(SEED.replace("1f", "20"), HASH, TICKET, 10_000);
    expect(isSeedGenuine).toBe(false);
    expect(place).not.toBe(9438);
  });

  it("is for those who came before it", () => {
    expect(tookPart(TICKET)).toBe(true);
    expect(tookPart("number-412")).toBe(false);
  });
});
