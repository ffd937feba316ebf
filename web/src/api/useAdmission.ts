import { useEffect, useSyncExternalStore } from "react";
import { useSession } from "../session/useSession";
import { type Admission, admissionFor, askIn, currentAdmission, onAdmissionChange } from "./admission";
import { serverNow } from "./clock";

// Often enough for the shortest admission that can be configured, five seconds.
const LOOK_MS = 1_000;

/**
 * The admission to an event's sale, renewed while somebody chooses: once half of it is over, if they did something since it was
 * given. Whoever went away gives their place on.
 */
export function useAdmission(eventId: string): Admission | null {
  const admission = useSyncExternalStore(onChangeOrEnd, () => currentAdmission(eventId));
  const isInside = admission !== null;
  const { status } = useSession();
  // A reload forgets the admission, and leaves the place: without being asked for, the one would end with nobody renewing it.
  useEffect(() => {
    if (status === "signed-in") void admissionFor(eventId).catch(() => undefined);
  }, [eventId, status]);
  useEffect(() => {
    if (!isInside) return;
    let lastSeen = serverNow();
    let isAsking = false;
    const notice = () => {
      lastSeen = serverNow();
    };
    const look = () => {
      const known = currentAdmission(eventId);
      if (known === null || isAsking || lastSeen < known.givenAt) return;
      if (serverNow() < (known.givenAt + known.endsAt) / 2) return;
      isAsking = true;
      // A failed renewal is tried again at the next look, as long as the admission lasts.
      void askIn(eventId)
        .catch(() => undefined)
        .finally(() => {
          isAsking = false;
        });
    };
    const timer = setInterval(look, LOOK_MS);
    document.addEventListener("pointerdown", notice);
    document.addEventListener("keydown", notice);
    document.addEventListener("wheel", notice, { passive: true });
    return () => {
      clearInterval(timer);
      document.removeEventListener("pointerdown", notice);
      document.removeEventListener("keydown", notice);
      document.removeEventListener("wheel", notice);
    };
  }, [eventId, isInside]);
  return admission;
}

// An admission that ends tells nobody.
function onChangeOrEnd(listener: () => void): () => void {
  const stop = onAdmissionChange(listener);
  const timer = setInterval(listener, LOOK_MS);
  return () => {
    stop();
    clearInterval(timer);
  };
}
