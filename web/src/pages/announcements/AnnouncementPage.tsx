import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { announcement } from "../../api/announcements";
import { asProblem } from "../../api/problem";
import { localTime } from "../../format/time";
import { ButtonLink } from "../../ui/Button";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { ProblemNotice } from "../../ui/ProblemNotice";
import styles from "./AnnouncementPage.module.css";

/** An announcement. */
export default function AnnouncementPage() {
  const { announcementId = "" } = useParams();
  const { t } = useTranslation(["catalogue", "common"]);
  const { data, error, refetch } = useQuery(announcement(announcementId));
  if (data === undefined && error === null) {
    return (
      <Page title={t("announcement.title")} heading={null} narrow>
        <Loading />
      </Page>
    );
  }
  if (data === undefined) {
    const isGone = asProblem(error).status === 404;
    return (
      <Page title={isGone ? t("announcement.notFoundTitle") : t("announcement.title")} narrow>
        {isGone ? (
          <p>{t("announcement.notFoundText")}</p>
        ) : (
          <ProblemNotice error={error} onRetry={() => void refetch()} />
        )}
        <ToAll />
      </Page>
    );
  }
  // A minute is what it takes to see one's own slip.
  const isChanged = Date.parse(data.updatedAt) - Date.parse(data.publishedAt) > 60_000;
  return (
    <Page title={data.title} narrow>
      <p className={styles.when}>
        <time dateTime={data.publishedAt}>{localTime(data.publishedAt)}</time>
        {isChanged && <span>{t("announcement.changed", { time: localTime(data.updatedAt) })}</span>}
      </p>
      <p className={styles.body}>{data.body}</p>
      <ToAll />
    </Page>
  );
}

function ToAll() {
  const { t } = useTranslation("catalogue");
  return (
    <div>
      <ButtonLink kind="secondary" to="/announcements">
        {t("announcement.all")}
      </ButtonLink>
    </div>
  );
}
