import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { myReservations, type Reservation, reservation } from "../api/reservations";
import { useSession } from "../session/useSession";

/** One's own seats of a performance that are held and not paid for, at a moment; `null` when there are none. */
export function useOwnHold(performanceId: string, now: number): Reservation | null {
  const isSignedIn = useSession().status === "signed-in";
  const isHeld = (known: Reservation | undefined) =>
    known?.status === "PENDING" &&
    known.performance.id === performanceId &&
    Date.parse(known.expiresAt ?? "") > now;
  const list = useInfiniteQuery({ ...myReservations(), enabled: isSignedIn });
  // The list may lag behind what this tab has just done.
  const done = useQueryClient().getQueriesData<Reservation>({ queryKey: ["mine", "reservation"] });
  const known = [...done.map(([, data]) => data), ...(list.data?.pages.flatMap(({ items }) => items) ?? [])];
  const id = known.find(isHeld)?.id ?? "";
  const held = useQuery({ ...reservation(id), enabled: id !== "", refetchOnMount: "always" });
  // Not before it was asked for anew. A question that the page before began and took with it is not waited for.
  const isNews = held.isFetchedAfterMount || !held.isFetching;
  return isNews && isHeld(held.data) ? (held.data ?? null) : null;
}
