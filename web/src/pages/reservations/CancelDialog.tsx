import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { serverNow } from "../../api/clock";
import { asProblem } from "../../api/problem";
import { cancellationQuote, cancelReservation, type Reservation, reservation } from "../../api/reservations";
import { useTranslation } from "../../i18n/useTranslation";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Notice } from "../../ui/Notice";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { Spinner } from "../../ui/Spinner";
import { Quote } from "./Quote";
import styles from "./Reservation.module.css";
import { stateOf } from "./state";

interface CancelDialogProps {
  reservation: Reservation;
  isPaid: boolean;
  onClose: () => void;
}

/** Shows what cancelling gives back and asks whether that is wished. */
export function CancelDialog({ reservation: seen, isPaid, onClose }: CancelDialogProps) {
  const { t } = useTranslation("account");
  const queries = useQueryClient();
  // What one agreed to is the reservation as it was when the question was asked.
  const [{ id, version, performance }] = useState(seen);
  const [key] = useState(() => crypto.randomUUID());
  const quote = useQuery(cancellationQuote(id));
  const cancel = useMutation({
    mutationFn: () => cancelReservation(id, version, key),
    onSuccess: (now) => {
      queries.setQueryData(reservation(id).queryKey, now);
      void queries.invalidateQueries({ queryKey: ["mine", "reservations"] });
      onClose();
    },
    onError: () => void queries.invalidateQueries({ queryKey: ["mine", "reservation", id] }),
  });
  const hasChanged = seen.version !== version && !cancel.isPending;
  const refusal = cancel.error ?? quote.error;
  const isHopeless = hasChanged || (refusal !== null && !asProblem(refusal).isTransient);
  const texts = {
    version_conflict: t("cancel.changed"),
    not_cancellable: t("cancel.notCancellable"),
    payment_in_progress: t("cancel.paying"),
  };
  return (
    <Dialog
      title={isPaid ? t("cancel.title") : t("cancel.releaseTitle")}
      busy={cancel.isPending}
      onClose={onClose}
      actions={
        <>
          <Button disabled={cancel.isPending} onClick={onClose}>
            {isHopeless ? t("cancel.look") : t("cancel.keep")}
          </Button>
          {!isHopeless && (
            <Button
              kind="danger"
              busy={cancel.isPending}
              disabled={quote.data === undefined}
              onClick={() => cancel.mutate()}
            >
              {isPaid ? t("cancel.confirm") : t("cancel.release")}
            </Button>
          )}
        </>
      }
    >
      <p>{performance.title}</p>
      {quote.isPending && (
        <p className={styles.waiting} role="status">
          <Spinner />
          {t("cancel.reckoning")}
        </p>
      )}
      {quote.data !== undefined && !isHopeless && (
        <Quote quote={quote.data} timeZone={performance.timeZone} isPaid={isPaid} />
      )}
      {hasChanged && (
        <Notice kind="warn" title={t("cancel.changed")}>
          {t("cancel.now", { state: t(`state.${stateOf(seen, serverNow())}`) })}
        </Notice>
      )}
      {refusal !== null && !hasChanged && (
        <ProblemNotice
          error={refusal}
          texts={texts}
          onRetry={cancel.error === null ? () => void quote.refetch() : () => cancel.mutate()}
        />
      )}
    </Dialog>
  );
}
