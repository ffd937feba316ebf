import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useNavigate } from "react-router";
import { newPaymentId } from "../api/ids";
import { pay } from "../api/payments";
import { asProblem, Problem } from "../api/problem";
import type { Reservation } from "../api/reservations";
import { openPayment, orderName, PaymentClosed } from "../payments/gateway";
import { useSession } from "../session/useSession";
import { useComeback } from "../ui/useComeback";
import { returnUrls, type Split } from "./order";

/** Pays for a reservation: with points at once, by card through the gateway's own form. */
export function usePay(reservation: Reservation) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const session = useSession();
  // Points asked for again after a lost answer are the same payment.
  const begun = useRef<{ points: number; paymentId: string } | null>(null);

  const paying = useMutation({
    mutationFn: async ({ points, card }: Split) => {
      if (card === 0) {
        if (begun.current?.points !== points) begun.current = { points, paymentId: newPaymentId() };
        const { paymentId } = begun.current;
        return pay({ reservationId: reservation.id, paymentId, points, paymentKey: null });
      }
      try {
        return await openPayment({
          kind: "reservation",
          orderId: newPaymentId(),
          amount: card,
          currency: reservation.currency,
          orderName: orderName(reservation.performance.title, reservation.seats.length),
          customerName: session.status === "signed-in" ? session.user.name : "",
          ...returnUrls(location.origin, reservation.id, points),
        });
      } catch (error) {
        throw error instanceof PaymentClosed ? new Problem(0, "closed") : new Problem(0, "gateway");
      }
    },
    onSuccess: (paymentId) => navigate(`/payments/${paymentId}`, { replace: true }),
    onError: (error) => {
      if (asProblem(error).isTransient) return;
      // A refusal is not remembered by its name, but what it was about has changed.
      begun.current = null;
      void queries.invalidateQueries({ queryKey: ["mine"] });
    },
  });
  useComeback(paying.reset);
  return paying;
}
