import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { announcements } from "../../api/announcements";
import { localTime } from "../../format/time";
import { Empty } from "../../ui/Empty";
import { Loading } from "../../ui/Loading";
import { More } from "../../ui/More";
import { Page } from "../../ui/Page";
import { ProblemNotice } from "../../ui/ProblemNotice";
import styles from "./AnnouncementsPage.module.css";

const PAGE = 20;

/** What the house has to say. */
export default function AnnouncementsPage() {
  const { t } = useTranslation("catalogue");
  const query = useInfiniteQuery(announcements(PAGE));
  const shown = query.data?.pages.flatMap(({ items }) => items);
  return (
    <Page title={t("announcement.title")} narrow>
      {shown === undefined && query.error === null && <Loading />}
      {query.error !== null && <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />}
      {shown?.length === 0 && <Empty title={t("announcement.empty")} />}
      {shown !== undefined && shown.length > 0 && (
        // biome-ignore lint/a11y/noRedundantRoles: Safari forgets that a list without bullets is one
        <ul className={styles.list} role="list">
          {shown.map(({ id, title, pinned, publishedAt }) => (
            <li key={id} className={styles.item}>
              <Link to={`/announcements/${id}`}>
                {pinned && <span className={styles.pinned}>{t("announcement.pinned")}</span>}
                {title}
              </Link>
              <time dateTime={publishedAt}>{localTime(publishedAt, "short-day")}</time>
            </li>
          ))}
        </ul>
      )}
      {shown !== undefined && <More query={query} />}
    </Page>
  );
}
