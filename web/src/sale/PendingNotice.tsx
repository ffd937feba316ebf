import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { asProblem } from "../api/problem";
import { releaseHold } from "../api/seats";
import { Button, ButtonLink } from "../ui/Button";
import { Notice } from "../ui/Notice";
import { ProblemNotice } from "../ui/ProblemNotice";

/** Seats are held already: pay for them, or give them back. */
export function PendingNotice({
  reservationId,
  onReleased,
}: {
  reservationId: string;
  onReleased: () => void;
}) {
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
        {t("seats.pending.text")}
      </Notice>
      {release.isError && <ProblemNotice error={release.error} onRetry={() => release.mutate()} />}
    </>
  );
}
