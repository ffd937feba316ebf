import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { announcements } from "../../api/announcements";
import styles from "./Bulletin.module.css";

const MOST = 3;

/** What the house has to say: everything pinned, or else the latest. Whatever goes wrong here keeps nobody from the rest. */
export function Bulletin() {
  const { t } = useTranslation("catalogue");
  const { data } = useInfiniteQuery(announcements(MOST));
  const all = data?.pages[0]?.items ?? [];
  const pinned = all.filter((each) => each.pinned);
  const shown = pinned.length > 0 ? pinned : all.slice(0, 1);
  return (
    <section className={styles.bulletin} aria-label={t("announcement.title")}>
      <ul>
        {shown.map(({ id, title }) => (
          <li key={id}>
            <span className={styles.mark}>{t("home.announcement")}</span>
            <Link to={`/announcements/${id}`}>{title}</Link>
          </li>
        ))}
      </ul>
      <Link className={styles.all} to="/announcements">
        {t("home.allAnnouncements")}
      </Link>
    </section>
  );
}
