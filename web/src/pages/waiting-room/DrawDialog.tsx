import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type QueueStatus, type QueueWait, queueStatus } from "../../api/queue";
import { count } from "../../format/money";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { drawAgain, tookPart } from "../../waiting-room/draw";
import styles from "./DrawDialog.module.css";

interface DrawDialogProps {
  eventId: string;
  wait: QueueWait;
  onClose: () => void;
}

/** How the draw works, with the numbers to check it, and the check itself once the seed is public. */
export function DrawDialog({ eventId, wait, onClose }: DrawDialogProps) {
  const { t } = useTranslation(["sale", "common"]);
  const { data: status } = useQuery({
    ...queueStatus(eventId),
    refetchInterval: ({ state }) => (state.data?.seed ? false : (state.data?.pollAfterSeconds ?? 5) * 1000),
  });
  const { ticketId } = wait;
  const isNumber = ticketId !== null && !tookPart(ticketId);
  return (
    <Dialog
      title={t("wait.draw.title")}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {t("common:action.close")}
        </Button>
      }
    >
      <p>{t("wait.draw.before")}</p>
      <p>{t("wait.draw.rule")}</p>
      {isNumber && <p>{t("wait.draw.arrived")}</p>}
      <dl className={styles.numbers}>
        {ticketId !== null && <Fact name={t("wait.draw.ticket")} value={ticketId} />}
        <Fact name={t("wait.draw.hash")} value={status?.seedHash ?? "…"} />
        <Fact name={t("wait.draw.seed")} value={status?.seed ?? t("wait.draw.seedLater")} />
        {status?.entrants != null && <Fact name={t("wait.draw.entrants")} value={count(status.entrants)} />}
      </dl>
      {status?.seed == null ? <p>{t("wait.draw.note")}</p> : <Check status={status} wait={wait} />}
      <div>
        <p>{t("wait.draw.command")}</p>
        <pre className={styles.command}>
          {`make verify-draw EVENT=${eventId} API=${location.origin}/api/v1`}
          {status?.seedHash && ` HASH=${status.seedHash}`}
          {ticketId !== null && !isNumber && ` TICKET=${ticketId}`}
        </pre>
      </div>
    </Dialog>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Check({ status, wait }: { status: QueueStatus; wait: QueueWait }) {
  const { t } = useTranslation("sale");
  const { seed, seedHash, entrants } = status;
  const ticketId = wait.ticketId ?? "";
  const { data: drawn } = useQuery({
    queryKey: ["draw", seed, seedHash, ticketId, entrants],
    queryFn: () => drawAgain(seed ?? "", seedHash ?? "", ticketId, entrants ?? 0),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (drawn === undefined) return null;
  const hasPlace = tookPart(ticketId) && entrants !== null && wait.place !== null;
  if (!drawn.isSeedGenuine || (hasPlace && drawn.place !== wait.place)) {
    return <p className={styles.bad}>{t("wait.draw.bad")}</p>;
  }
  return (
    <p className={styles.good}>
      {hasPlace
        ? t("wait.draw.good", { place: count(drawn.place + 1), entrants: count(entrants) })
        : t("wait.draw.goodSeed")}
    </p>
  );
}
