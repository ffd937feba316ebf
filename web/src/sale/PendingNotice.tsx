import { useMutation, useQueryClient } from "@tanstack/react-query";
import { asProblem } from "../api/problem";
import type { Reservation } from "../api/reservations";
import { releaseHold } from "../api/seats";
import { money } from "../format/money";
import { useTranslation } from "../i18n/useTranslation";
import { Button, ButtonLink } from "../ui/Button";
import { Countdown } from "../ui/Countdown";
import { Notice } from "../ui/Notice";
import { ProblemNotice } from "../ui/ProblemNotice";

interface PendingNoticeProps {
  reservationId: string;
  /** The same, as soon as it was read. */
  held: Reservation | null;
  onReleased: () => void;
}

/** Seats are held already: pay for them, or give them back. */
export function PendingNotice({ reservationId, held, onReleased }: PendingNoticeProps) {
  const { t } = useTranslation("sale");
  const queries = useQueryClient();
  const release = useMutation({
    mutationFn: () => releaseHold(reservationId),
    onSuccess: onReleased,
    onError: (error) => {
      // It ended by itself meanwhile: then nothing is in the way any more.
      if (asProblem(error).code === "reservation_expired") onReleased();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["mine"] }),
  });
  return (
    <>
      <Notice
        kind="warn"
        title={t("seats.pending.title")}
        actions={
          <>
            <ButtonLink to={`/reservations/${reservationId}/checkout`}>{t("seats.pending.goOn")}</ButtonLink>
            <Button busy={release.isPending} onClick={() => release.mutate()}>
              {t("seats.pending.giveBack")}
            </Button>
          </>
        }
      >
        <p>{t("seats.pending.text")}</p>
        {held?.expiresAt && (
          <p>
            {money(held.totalAmount, held.currency)} · {t("checkout.leftLabel")}{" "}
            <strong>
              <Countdown until={held.expiresAt} />
            </strong>
          </p>
        )}
      </Notice>
      {release.isError && <ProblemNotice error={release.error} onRetry={() => release.mutate()} />}
    </>
  );
}
