import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { admissionFor, expel } from "../api/admission";
import { asProblem, type Problem } from "../api/problem";
import { reservation } from "../api/reservations";
import { holdSeats, holdTickets, type Reservation, type TicketChoice } from "../api/seats";
import { logInPath } from "../session/next";
import { useSession } from "../session/useSession";

/** What somebody wants held: seats they chose, or so many of a kind. */
export type Wish =
  | { readonly kind: "seats"; readonly performanceId: string; readonly seatIds: readonly string[] }
  | { readonly kind: "tickets"; readonly choice: TicketChoice };

export interface Hold {
  /** Asks for it; a second call while one is on its way does nothing. */
  ask(wish: Wish): void;
  /** Asks for the same once more, as the same request. */
  again(): void;
  readonly isAsking: boolean;
  readonly problem: Problem | null;
  /** What the problem, or the request on its way, is about. */
  readonly wish: Wish | null;
  clear(): void;
}

const MOST_TRIES = 5;

/**
 * Holds seats, once: a request has the name of its wish, and keeps it until it is known what became of it. Who is not
 * logged in logs in and comes back; who has no admission goes to the waiting room.
 */
export function useHold(eventId: string, performanceId: string, onHeld: (held: Reservation) => void): Hold {
  const session = useSession();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { pathname } = useLocation();
  const [wish, setWish] = useState<Wish | null>(null);
  const isAsking = useRef(false);
  const request = useRef<{ name: string; key: string } | null>(null);
  const toLogIn = () => navigate(logInPath(pathname));

  const holding = useMutation({
    mutationFn: async (wanted: Wish) => {
      const name = JSON.stringify(wanted);
      if (request.current?.name !== name) request.current = { name, key: crypto.randomUUID() };
      const asked = { idempotencyKey: request.current.key, admission: await admissionFor(eventId) };
      return wanted.kind === "seats"
        ? holdSeats(wanted.performanceId, wanted.seatIds, asked)
        : holdTickets(wanted.choice, asked);
    },
    // The first of two requests of one name is still on its way: its answer is ours.
    retry: (failures, error) => failures < MOST_TRIES && asProblem(error).code === "request_in_progress",
    retryDelay: (_, error) => (asProblem(error).retryAfterSeconds ?? 1) * 1000,
    onSuccess: (held) => {
      request.current = null;
      queries.setQueryData(reservation(held.id).queryKey, held);
      onHeld(held);
      navigate(`/reservations/${held.id}/checkout`);
    },
    onError: (error) => {
      const problem = asProblem(error);
      // A refusal changed nothing; only what is not known to have failed keeps its name.
      if (!problem.isTransient) request.current = null;
      if (problem.status === 401) toLogIn();
      if (problem.code === "admission_required") {
        expel(eventId);
        navigate(`/events/${eventId}/wait?${new URLSearchParams({ performance: performanceId })}`);
      }
    },
    onSettled: () => {
      isAsking.current = false;
    },
  });

  const ask = (wanted: Wish) => {
    // A double click comes before the button is drawn as busy.
    if (isAsking.current) return;
    setWish(wanted);
    if (session.status === "anonymous") {
      toLogIn();
      return;
    }
    isAsking.current = true;
    holding.mutate(wanted);
  };

  const { reset } = holding;
  useEffect(() => () => reset(), [reset]);
  return {
    ask,
    again: () => wish && ask(wish),
    isAsking: holding.isPending,
    problem: holding.isError ? asProblem(holding.error) : null,
    wish,
    clear: reset,
  };
}
