import { useEffect, useRef } from "react";
import type { Problem } from "../api/problem";
import type { Reservation } from "../api/reservations";
import { venueMoment } from "../format/time";
import { useTranslation } from "../i18n/useTranslation";
import { Button } from "../ui/Button";
import { Notice } from "../ui/Notice";
import { ProblemNotice } from "../ui/ProblemNotice";
import styles from "./HoldNotice.module.css";
import { PendingNotice } from "./PendingNotice";
import type { Hold } from "./useHold";

interface HoldNoticeProps {
  hold: Hold;
  /** What one has here already, and has not paid for. */
  own: Reservation | null;
  /** The venue's. */
  timeZone: string;
  /** What to call the tickets of a wish by kind. */
  className: string;
  /** What was lost, in words, and what is offered instead. */
  lost: readonly string[];
  offer: { readonly seats: string; readonly take: () => void } | null;
}

/** What is held already, or why nothing could be, and the way on. */
export function HoldNotice({ hold, own, ...rest }: HoldNoticeProps) {
  const { problem } = hold;
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem) shown.current?.scrollIntoView({ block: "nearest" });
  }, [problem]);
  const isPending = problem?.code === "reservation_pending";
  const inTheWay = own?.id ?? (isPending && String(problem.document.reservationId));
  if (!problem && !inTheWay) return null;
  return (
    <div ref={shown} className={styles.notices}>
      {inTheWay && <PendingNotice reservationId={inTheWay} held={own} onReleased={hold.clear} />}
      {problem && !isPending && <Refusal problem={problem} hold={hold} {...rest} />}
    </div>
  );
}

type RefusalProps = Omit<HoldNoticeProps, "own"> & { problem: Problem };

function Refusal({ problem, hold, timeZone, className, lost, offer }: RefusalProps) {
  const { t } = useTranslation("sale");
  const { document } = problem;
  switch (problem.code) {
    case "seats_unavailable":
      return (
        <Notice
          kind="bad"
          title={t("seats.taken.title")}
          actions={
            offer && (
              <Button kind="primary" onClick={offer.take}>
                {t("seats.taken.takeOffer")}
              </Button>
            )
          }
        >
          <p>{t("seats.taken.text", { count: lost.length, seats: lost.join(" · ") })}</p>
          <p>{offer ? t("seats.taken.offer", { seats: offer.seats }) : t("seats.taken.none")}</p>
        </Notice>
      );
    case "buyer_limit_exceeded":
      return <Notice kind="bad">{t("seats.limit", { limit: String(document.limit) })}</Notice>;
    case "sale_closed":
      return (
        <Notice kind="bad" title={t("seats.closedTitle")}>
          {t("seats.closedText")}
        </Notice>
      );
    case "sale_not_open":
      return (
        <Notice kind="info">
          {t("seats.notOpen", { moment: venueMoment(String(document.opensAt), timeZone) })}
        </Notice>
      );
    case "sold_out":
      return <NotTogether hold={hold} className={className} />;
    case "admission_required":
      return <Notice kind="info">{t("seats.queued")}</Notice>;
    default:
      return problem.isTransient ? (
        <ProblemNotice error={problem} onRetry={hold.again} texts={{ offline: t("seats.retry") }} />
      ) : (
        <ProblemNotice error={problem} />
      );
  }
}

function NotTogether({ hold, className }: { hold: Hold; className: string }) {
  const { t } = useTranslation("sale");
  const choice = hold.wish?.kind === "tickets" ? hold.wish.choice : null;
  const count = choice?.items.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0;
  if (choice?.adjacent !== true) return <Notice kind="bad">{t("seats.noFree")}</Notice>;
  return (
    <Notice
      kind="bad"
      actions={
        <Button onClick={() => hold.ask({ kind: "tickets", choice: { ...choice, adjacent: false } })}>
          {t("seats.best.takeApart", { count })}
        </Button>
      }
    >
      {t("seats.best.apart", { count, name: className })}
    </Notice>
  );
}
