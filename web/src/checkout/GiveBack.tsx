import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { asProblem } from "../api/problem";
import { releaseHold } from "../api/seats";
import { useTranslation } from "../i18n/useTranslation";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { ProblemNotice } from "../ui/ProblemNotice";

/** Lets the seats go, after a question. */
export function GiveBack({ reservationId, seatsPath }: { reservationId: string; seatsPath: string }) {
  const { t } = useTranslation("sale");
  const [isAsked, setAsked] = useState(false);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const release = useMutation({
    mutationFn: () => releaseHold(reservationId),
    onSuccess: () => navigate(seatsPath, { replace: true }),
    onError: (error) => {
      // What it is now is shown by the page.
      if (!asProblem(error).isTransient) setAsked(false);
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: ["mine"] }),
  });
  return (
    <>
      <Button kind="quiet" onClick={() => setAsked(true)}>
        {t("checkout.giveBack")}
      </Button>
      {isAsked && (
        <Dialog
          title={t("checkout.giveBackTitle")}
          busy={release.isPending}
          onClose={() => setAsked(false)}
          actions={
            <>
              <Button disabled={release.isPending} onClick={() => setAsked(false)}>
                {t("checkout.keep")}
              </Button>
              <Button kind="danger" busy={release.isPending} onClick={() => release.mutate()}>
                {t("checkout.giveBack")}
              </Button>
            </>
          }
        >
          <p>{t("checkout.giveBackText")}</p>
          {release.isError && <ProblemNotice error={release.error} />}
        </Dialog>
      )}
    </>
  );
}
