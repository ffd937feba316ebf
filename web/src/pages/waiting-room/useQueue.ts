import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { admit, askIn, forgetPlace, keepPlace } from "../../api/admission";
import { serverNow } from "../../api/clock";
import type { QueueAnswer } from "../../api/queue";
import type { ServerMessage } from "../../live/messages";
import { useLive } from "../../live/useLive";
import { pauseBeforeAsking } from "../../waiting-room/pause";

const SPREAD_MS = 3_000;

/**
 * Where one stands in an event's line: told as it changes, and asked for as often as the server wishes where nobody tells.
 * The place outlives a reload, since the browser keeps it.
 */
export function useQueue(eventId: string) {
  const client = useQueryClient();
  const [share] = useState(Math.random);
  const [isHearing, setIsHearing] = useState(false);
  const [clearings, setClearings] = useState(0);

  const queryKey = ["mine", "place", eventId];
  const pause = (answer: QueueAnswer | undefined, error: unknown) =>
    pauseBeforeAsking({ answer, error, isHearing, now: serverNow(), share });
  const query = useQuery({
    queryKey,
    queryFn: () => askIn(eventId),
    // The pauses are the server's to choose, and those between tries are among them.
    retry: false,
    gcTime: 0,
    staleTime: ({ state }) => pause(state.data, state.error) || Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => pause(state.data, state.error),
    refetchIntervalInBackground: true,
  });
  const { data: answer, refetch } = query;
  const wait = answer !== undefined && answer.status !== "ADMITTED" ? answer : null;

  const take = (news: QueueAnswer) => client.setQueryData(queryKey, news);
  const hear = (message: ServerMessage) => {
    if (message.type === "error") {
      if (message.action !== "join-queue") return;
      setIsHearing(false);
      // A full room is none of one's own affair; with everything else the answer to a question says what is the matter.
      if (message.code !== "room_full") void refetch();
      return;
    }
    if (!("eventId" in message) || message.eventId !== eventId) return;
    if (message.type === "queue-entry-allowed") {
      admit(eventId, message.admissionToken, message.expiresAt);
      const { admissionToken, expiresAt } = message;
      take({ status: "ADMITTED", admissionToken, expiresAt, seatsLeft: null, notice: null });
    } else if (message.type === "queue-cleared") {
      forgetPlace(eventId);
      setClearings((before) => before + 1);
    } else if (message.type === "queue-updated") {
      setIsHearing(true);
      if (wait === null) return;
      // The draw is over: what else there is to know of it has to be asked for.
      if (wait.status === "PRE_QUEUE") void refetch();
      const { position, ahead, estimatedWaitSeconds } = message;
      const ticket = message.ticket ?? wait.ticket;
      if (ticket !== null) keepPlace(eventId, ticket, ahead);
      take({ ...wait, status: "WAITING", ticket, position, ahead, estimatedWaitSeconds });
    }
  };

  const ticket = wait?.ticket ?? null;
  const connection = useLive(ticket === null ? null : `${eventId} ${wait?.ticketId}`, {
    join: () => (ticket === null ? null : { action: "join-queue", eventId, ticket }),
    leave: { action: "leave-queue", eventId },
    onMessage: hear,
  });
  useEffect(() => {
    if (connection === "lost") setIsHearing(false);
  }, [connection]);

  // Everybody hears it in the same moment: they must not all ask in the next one.
  useEffect(() => {
    if (clearings === 0) return;
    const timer = setTimeout(() => void refetch(), share * SPREAD_MS);
    return () => clearTimeout(timer);
  }, [clearings, refetch, share]);

  return { answer, error: query.error, isHearing, wasCleared: clearings > 0, refetch };
}
