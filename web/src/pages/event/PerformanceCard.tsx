import { useTranslation } from "react-i18next";
import type { EventDetail } from "../../api/events";
import type { QueueStatus } from "../../api/queue";
import type { Step } from "../../catalogue/sale";
import { venueMoment, venueTime } from "../../format/time";
import { ButtonLink } from "../../ui/Button";
import type { Show } from "./DayPicker";
import styles from "./PerformanceCard.module.css";
import { SaleState } from "./SaleState";
import { TypeList } from "./TypeList";

interface PerformanceCardProps {
  event: EventDetail;
  show: Show;
  leftByType: readonly (number | null)[];
  step: Step;
  isAdmitted: boolean;
  queue: QueueStatus | null;
}

/** A performance: when, how its sale stands, what is left for how much, and the one thing to do next. */
export function PerformanceCard({ event, show, leftByType, step, isAdmitted, queue }: PerformanceCardProps) {
  const { t } = useTranslation("catalogue");
  const { performance, sale } = show;
  const isGone = sale.kind === "cancelled" || sale.kind === "over" || sale.kind === "closed";
  return (
    <article className={styles.card} aria-label={venueTime(performance.startsAt, event.timeZone)}>
      <div className={styles.head}>
        <h3>
          <time dateTime={performance.startsAt}>
            <span className={styles.day}>{venueTime(performance.startsAt, event.timeZone, "month-day")}</span>{" "}
            {venueTime(performance.startsAt, event.timeZone, "time")}
          </time>
        </h3>
        <SaleState sale={sale} timeZone={event.timeZone} />
      </div>
      {!isGone && (
        <TypeList types={event.ticketTypes} leftByType={leftByType} isOnSale={sale.kind === "open"} />
      )}
      {!isGone && (
        <div className={styles.foot}>
          <QueueText step={step} queue={queue} isAdmitted={isAdmitted} timeZone={event.timeZone} />
          <Way
            step={step}
            eventId={event.id}
            performanceId={performance.id}
            isSeated={performance.layoutId !== null}
          />
        </div>
      )}
      {sale.kind === "sold-out" && <p className={styles.hint}>{t("event.maybeBack")}</p>}
    </article>
  );
}

function QueueText({
  step,
  queue,
  isAdmitted,
  timeZone,
}: Pick<PerformanceCardProps, "step" | "queue" | "isAdmitted"> & { timeZone: string }) {
  const { t } = useTranslation("catalogue");
  if (step === "wait-scheduled" && queue?.preQueueOpensAt) {
    return <p>{t("event.queueScheduled", { time: venueMoment(queue.preQueueOpensAt, timeZone) })}</p>;
  }
  if (step === "wait-draw") return <p>{t("event.queuePreQueue")}</p>;
  if (step === "wait-line") {
    const waiting = queue?.waiting ?? 0;
    return (
      <p>
        {t("event.queueOpen")} {waiting > 0 && <strong>{t("event.queueWaiting", { count: waiting })}</strong>}
      </p>
    );
  }
  return isAdmitted && step === "seats" ? <p>{t("event.admitted")}</p> : null;
}

interface WayProps {
  step: Step;
  eventId: string;
  performanceId: string;
  isSeated: boolean;
}

function Way({ step, eventId, performanceId, isSeated }: WayProps) {
  const { t } = useTranslation("catalogue");
  const seats = `/events/${eventId}/performances/${performanceId}`;
  const wait = `/events/${eventId}/wait?performance=${performanceId}`;
  if (step === "seats") {
    return <ButtonLink to={seats}>{isSeated ? t("event.chooseSeats") : t("event.chooseTickets")}</ButtonLink>;
  }
  if (step === "look") {
    return (
      isSeated && (
        <ButtonLink to={seats} kind="secondary">
          {t("event.look")}
        </ButtonLink>
      )
    );
  }
  if (step === "none") return <span className={styles.blank} />;
  return (
    <ButtonLink to={wait} kind={step === "wait-scheduled" ? "secondary" : "primary"}>
      {step === "wait-line"
        ? t("event.joinQueue")
        : step === "wait-draw"
          ? t("event.joinDraw")
          : t("event.toQueue")}
    </ButtonLink>
  );
}
