import { expect, it, vi } from "vitest";
import type { Camera } from "./camera";
import { hear } from "./gestures";

function mouse(type: string, x: number, buttons: number): Event {
  const place = { clientX: x, clientY: 0, button: 0, buttons, pointerId: 1, pointerType: "mouse" };
  return Object.assign(new Event(type), place);
}

it("a button that was released where nobody heard it drags the map no more", () => {
  const element = Object.assign(new EventTarget(), {
    getBoundingClientRect: () => ({ left: 0, top: 0 }),
    setPointerCapture: () => undefined,
  });
  const pan = vi.fn();
  const onHover = vi.fn();
  hear(element as unknown as HTMLElement, { pan } as unknown as Camera, { onTap: () => undefined, onHover });
  element.dispatchEvent(mouse("pointerdown", 0, 1));
  element.dispatchEvent(mouse("pointermove", 50, 1));
  expect(pan).toHaveBeenCalledTimes(1);
  element.dispatchEvent(mouse("pointermove", 90, 0));
  expect(pan).toHaveBeenCalledTimes(1);
  expect(onHover).toHaveBeenLastCalledWith({ x: 90, y: 0 });
});
