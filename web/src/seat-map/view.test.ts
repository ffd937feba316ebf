import { describe, expect, it } from "vitest";
import { keepInSight, pan, reveal, toHall, toScreen, viewOf, zoom } from "./view";

const size = { width: 800, height: 600 };
const bounds = { left: -10, top: 0, right: 30, bottom: 20 };

describe("a view", () => {
  it("of bounds shows all of them in the middle", () => {
    const view = viewOf(bounds, size, 20);
    expect(toScreen(view, { x: -10, y: 10 }).x).toBeCloseTo(20);
    expect(toScreen(view, { x: 30, y: 10 }).x).toBeCloseTo(780);
    expect(toScreen(view, { x: 10, y: 10 })).toEqual({ x: 400, y: 300 });
  });

  it("leads back to the hall", () => {
    const view = { scale: 3, left: 7, top: -9 };
    const point = toHall(view, toScreen(view, { x: 1.5, y: 2.5 }));
    expect(point.x).toBeCloseTo(1.5);
    expect(point.y).toBeCloseTo(2.5);
  });

  it("zooms about a point, which stays where it is, within limits", () => {
    const view = { scale: 10, left: 100, top: 50 };
    const about = { x: 240, y: 130 };
    const before = toHall(view, about);
    const near = zoom(view, 2, about, { least: 5, most: 40 });
    expect(near.scale).toBe(20);
    expect(toHall(near, about).x).toBeCloseTo(before.x);
    expect(toHall(near, about).y).toBeCloseTo(before.y);
    expect(zoom(view, 100, about, { least: 5, most: 40 }).scale).toBe(40);
    expect(zoom(view, 0.001, about, { least: 5, most: 40 }).scale).toBe(5);
  });

  it("never loses the hall", () => {
    const view = { scale: 100, left: 0, top: 0 };
    const lost = keepInSight(pan(view, 1e6, -1e6), bounds, size, 50);
    expect(toScreen(lost, { x: bounds.left, y: 0 }).x).toBeCloseTo(50);
    expect(toScreen(lost, { x: 0, y: bounds.bottom }).y).toBeCloseTo(550);
  });

  it("has what fits in the middle", () => {
    const small = keepInSight({ scale: 1, left: 700, top: -300 }, bounds, size, 50);
    expect(toScreen(small, { x: 10, y: 10 })).toEqual({ x: 400, y: 300 });
  });

  it("moves no farther than needed to reveal a point", () => {
    const view = { scale: 10, left: 0, top: 0 };
    expect(reveal(view, { x: 40, y: 30 }, size, 60)).toEqual(view);
    const moved = reveal(view, { x: 100, y: 30 }, size, 60);
    expect(toScreen(moved, { x: 100, y: 30 })).toEqual({ x: 740, y: 300 });
  });
});
