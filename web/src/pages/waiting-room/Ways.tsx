import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { leaveSale } from "../../api/admission";
import type { QueueWait } from "../../api/queue";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { DrawDialog } from "./DrawDialog";
import styles from "./Place.module.css";

/** How to check the draw, and how to leave. */
export function Ways({ eventId, wait }: { eventId: string; wait: QueueWait }) {
  const { t } = useTranslation("sale");
  const [shown, setShown] = useState<"draw" | "leave" | null>(null);
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: () => leaveSale(eventId),
    onSuccess: () => navigate(`/events/${eventId}`, { replace: true }),
  });
  return (
    <div className={styles.ways}>
      <Button kind="quiet" onClick={() => setShown("draw")}>
        {t("wait.draw.open")}
      </Button>
      <Button onClick={() => setShown("leave")}>{t("wait.leave")}</Button>
      {shown === "draw" && <DrawDialog eventId={eventId} wait={wait} onClose={() => setShown(null)} />}
      {shown === "leave" && (
        <Dialog
          title={t("wait.leaveTitle")}
          onClose={() => setShown(null)}
          actions={
            <>
              <Button onClick={() => setShown(null)}>{t("wait.stay")}</Button>
              <Button kind="danger" busy={leave.isPending} onClick={() => leave.mutate()}>
                {t("wait.leave")}
              </Button>
            </>
          }
        >
          <p>{wait.status === "PRE_QUEUE" ? t("wait.leaveDrawText") : t("wait.leaveText")}</p>
          {leave.error !== null && <ProblemNotice error={leave.error} />}
        </Dialog>
      )}
    </div>
  );
}
