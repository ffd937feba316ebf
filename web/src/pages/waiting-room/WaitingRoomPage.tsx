import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { type EventDetail, event } from "../../api/events";
import { asProblem } from "../../api/problem";
import { count } from "../../format/money";
import { useTranslation } from "../../i18n/useTranslation";
import { ButtonLink } from "../../ui/Button";
import { Loading } from "../../ui/Loading";
import { Notice } from "../../ui/Notice";
import { Page } from "../../ui/Page";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { Draw } from "./Draw";
import { Line } from "./Line";
import { Scheduled } from "./Scheduled";
import { useHallAhead } from "./useHallAhead";
import { useQueue } from "./useQueue";
import styles from "./WaitingRoomPage.module.css";

/** The waiting room before a sale that many want to come in to at once. */
export default function WaitingRoomPage() {
  const { eventId = "" } = useParams();
  const [params] = useSearchParams();
  const { t } = useTranslation("sale");
  const { data: details } = useQuery(event(eventId));
  const queue = useQueue(eventId);
  const { answer } = queue;
  const navigate = useNavigate();

  const performanceId = params.get("performance");
  useHallAhead(details, performanceId, answer);

  const seats = wayIn(eventId, performanceId, details);
  const isIn = answer?.status === "ADMITTED";
  useEffect(() => {
    if (isIn && seats !== null) void navigate(seats, { replace: true });
  }, [isIn, seats, navigate]);

  return (
    <Page
      title={titleOf(t, answer)}
      narrow
      heading={
        <div className={styles.head}>
          <h1 tabIndex={-1}>{t("wait.title")}</h1>
          <p>{details === undefined ? "\u00a0" : t("wait.forEvent", { title: details.title })}</p>
        </div>
      }
    >
      {queue.wasCleared && (
        <Notice kind="info" title={t("wait.clearedTitle")}>
          {t("wait.clearedText")}
        </Notice>
      )}
      <Standing eventId={eventId} queue={queue} seats={seats} timeZone={details?.timeZone} />
    </Page>
  );
}

interface StandingProps {
  eventId: string;
  queue: ReturnType<typeof useQueue>;
  seats: string | null;
  timeZone: string | undefined;
}

function Standing({ eventId, queue, seats, timeZone }: StandingProps) {
  const { t } = useTranslation("sale");
  const { answer, error, isHearing, refetch } = queue;
  const problem = error === null ? null : asProblem(error);
  if (problem?.code === "queue_not_open") {
    return <Scheduled eventId={eventId} problem={problem} timeZone={timeZone} />;
  }
  if (problem?.code === "sale_over") {
    return (
      <Notice
        kind="info"
        title={t("wait.overTitle")}
        actions={<ButtonLink to={`/events/${eventId}`}>{t("wait.toEvent")}</ButtonLink>}
      >
        {t("wait.overText")}
      </Notice>
    );
  }
  if (answer === undefined) {
    return problem === null ? <Loading /> : <ProblemNotice error={problem} onRetry={() => void refetch()} />;
  }
  if (answer.status === "ADMITTED") {
    return (
      <Notice
        kind="good"
        title={t("wait.admittedTitle")}
        actions={seats !== null && <ButtonLink to={seats}>{t("wait.goIn")}</ButtonLink>}
      >
        {t("wait.admittedText")}
      </Notice>
    );
  }
  return (
    <>
      {problem !== null && <Notice kind="warn">{t("wait.trouble")}</Notice>}
      {answer.status === "PRE_QUEUE" ? (
        <Draw eventId={eventId} wait={answer} timeZone={timeZone} />
      ) : (
        <Line eventId={eventId} wait={answer} isHearing={isHearing} />
      )}
    </>
  );
}

/** Where somebody who was let in goes on; `null` while it is not known. */
function wayIn(
  eventId: string,
  performanceId: string | null,
  details: EventDetail | undefined,
): string | null {
  if (performanceId !== null) return `/events/${eventId}/performances/${performanceId}`;
  if (details === undefined) return null;
  const playing = details.performances.filter(({ cancelled }) => !cancelled);
  const [only] = playing;
  return only !== undefined && playing.length === 1
    ? `/events/${eventId}/performances/${only.id}`
    : `/events/${eventId}`;
}

/** The tab's title says how one stands to people who look at other tabs meanwhile. */
function titleOf(
  t: ReturnType<typeof useTranslation<"sale">>["t"],
  answer: ReturnType<typeof useQueue>["answer"],
): string {
  if (answer?.status === "ADMITTED") return t("wait.titleTurn");
  if (answer?.status === "PRE_QUEUE") return t("wait.titleDraw");
  const position = answer?.position ?? null;
  return position === null ? t("wait.title") : t("wait.titleAt", { position: count(Math.max(1, position)) });
}
