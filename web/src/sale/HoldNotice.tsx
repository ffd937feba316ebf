import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "../api/problem";
import { localTime } from "../format/time";
import { Button } from "../ui/Button";
import { Notice } from "../ui/Notice";
import { ProblemNotice } from "../ui/ProblemNotice";
import { PendingNotice } from "./PendingNotice";
import type { Hold } from "./useHold";

interface HoldNoticeProps {
  hold: Hold;
  /** What to call the tickets of a wish by kind. */
  className: string;
  /** What was lost, in words, and what is offered instead. */
  lost: readonly string[];
  offer: { readonly seats: string; readonly take: () => void } | null;
}

/** Why nothing could be held, and the way on. */
export function HoldNotice({ hold, className, lost, offer }: HoldNoticeProps) {
  const { problem } = hold;
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem) shown.current?.scrollIntoView({ block: "nearest" });
  }, [problem]);
  if (problem === null) return null;
  return (
    <div ref={shown}>
      <Refusal problem={problem} {...{ hold, className, lost, offer }} />
    </div>
  );
}

function Refusal({ problem, hold, className, lost, offer }: HoldNoticeProps & { problem: Problem }) {
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
    case "reservation_pending":
      return <PendingNotice reservationId={String(document.reservationId)} onReleased={hold.clear} />;
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
        <Notice kind="info">{t("seats.notOpen", { moment: localTime(String(document.opensAt)) })}</Notice>
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
