import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { event } from "../../api/events";
import { asProblem } from "../../api/problem";
import { queueStatus } from "../../api/queue";
import { ButtonLink } from "../../ui/Button";
import { Page } from "../../ui/Page";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { EventSkeleton, EventView } from "./EventView";

/** An event: what, where and when, and the way to its tickets. */
export default function EventPage() {
  const { eventId = "" } = useParams();
  const { t } = useTranslation(["catalogue", "common"]);
  const { data, error, refetch } = useQuery(event(eventId));
  // Whether there is a waiting room decides what the page looks like: it comes with the event, and nothing moves later.
  // An event can be shown without, when it does not come at once.
  const queue = useQuery(queueStatus(eventId));
  const isAsked = queue.isPending && queue.failureCount === 0;
  if (data !== undefined && !isAsked) return <EventView event={data} />;
  if (error === null) {
    return (
      <Page title={t("common:state.loading")} heading={null}>
        <EventSkeleton />
      </Page>
    );
  }
  const isGone = asProblem(error).status === 404;
  return (
    <Page title={isGone ? t("event.notFoundTitle") : t("search.title")} narrow>
      {isGone ? (
        <p>{t("event.notFoundText")}</p>
      ) : (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      )}
      <div>
        <ButtonLink kind="secondary" to="/events">
          {t("event.toEvents")}
        </ButtonLink>
      </div>
    </Page>
  );
}
