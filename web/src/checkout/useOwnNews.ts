import { useQueryClient } from "@tanstack/react-query";
import type { Connection } from "../live/live";
import { useLive } from "../live/useLive";

/** Reads one's payment and reservation again whenever the server says that they changed. */
export function useOwnNews(reservationId: string | null): Connection {
  const queries = useQueryClient();
  return useLive(reservationId && `own ${reservationId}`, {
    onMessage: (message) => {
      if (message.type !== "payment-result" && message.type !== "reservation-updated") return;
      if (message.reservationId !== reservationId) return;
      void queries.invalidateQueries({ queryKey: ["mine", "reservation", reservationId] });
      if (message.type === "payment-result") {
        void queries.invalidateQueries({ queryKey: ["mine", "payment", message.paymentId] });
        void queries.invalidateQueries({ queryKey: ["mine", "points"] });
      }
    },
  });
}
