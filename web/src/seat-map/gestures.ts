import type { Camera } from "./camera";
import type { Point } from "./shapes";

/** What somebody did with the map that is not a move of it. */
export interface Gestures {
  onTap(point: Point, isTouch: boolean): void;
  onHover(point: Point | null): void;
}

// A finger trembles this much without meaning a move.
const TREMBLE_PX = 8;
const WHEEL_SPEED = 0.0016;
const PINCH_WHEEL_SPEED = 0.01;

/** Hears pointers and the wheel on an element: one moves, two pinch, a short one taps. The answer ends that. */
export function hear(element: HTMLElement, camera: Camera, { onTap, onHover }: Gestures): () => void {
  const down = new Map<number, Point>();
  let start: Point | null = null;
  let isMoving = false;
  const place = (event: MouseEvent): Point => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };

  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    down.set(event.pointerId, place(event));
    if (down.size === 1) {
      start = place(event);
      isMoving = false;
    } else {
      isMoving = true;
    }
  };

  const onMove = (event: PointerEvent) => {
    // Released where nobody heard it.
    if (event.pointerType === "mouse" && event.buttons === 0) down.clear();
    const before = down.get(event.pointerId);
    const now = place(event);
    if (before === undefined) {
      if (event.pointerType !== "touch") onHover(now);
      return;
    }
    if (!isMoving && start && Math.hypot(now.x - start.x, now.y - start.y) > TREMBLE_PX) {
      isMoving = true;
      onHover(null);
      // Goes on when the pointer leaves the map.
      element.setPointerCapture(event.pointerId);
    }
    if (!isMoving) return;
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    down.set(event.pointerId, now);
    if (other === undefined) {
      camera.pan(now.x - before.x, now.y - before.y);
      return;
    }
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    camera.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
    const apart = Math.hypot(before.x - other.x, before.y - other.y);
    if (apart > 0) camera.zoomAt(Math.hypot(now.x - other.x, now.y - other.y) / apart, middle);
  };

  const onUp = (event: PointerEvent) => {
    if (!down.delete(event.pointerId)) return;
    if (event.type === "pointerup" && !isMoving && down.size === 0)
      onTap(place(event), event.pointerType === "touch");
  };

  const onWheel = (event: WheelEvent) => {
    // The page must not scroll under the map.
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const speed = event.ctrlKey ? PINCH_WHEEL_SPEED : WHEEL_SPEED;
    camera.zoomAt(Math.exp(-event.deltaY * lines * speed), place(event));
  };

  const onLeave = () => onHover(null);

  element.addEventListener("pointerdown", onDown);
  element.addEventListener("pointermove", onMove);
  element.addEventListener("pointerup", onUp);
  element.addEventListener("pointercancel", onUp);
  element.addEventListener("pointerleave", onLeave);
  element.addEventListener("wheel", onWheel, { passive: false });
  return () => {
    element.removeEventListener("pointerdown", onDown);
    element.removeEventListener("pointermove", onMove);
    element.removeEventListener("pointerup", onUp);
    element.removeEventListener("pointercancel", onUp);
    element.removeEventListener("pointerleave", onLeave);
    element.removeEventListener("wheel", onWheel);
  };
}
