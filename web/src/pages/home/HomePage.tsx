import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { events } from "../../api/events";
import { EventGrid, EventGridSkeleton } from "../../catalogue/EventGrid";
import { CATEGORIES } from "../../catalogue/filter";
import { Empty } from "../../ui/Empty";
import { Page } from "../../ui/Page";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { Bulletin } from "./Bulletin";
import styles from "./HomePage.module.css";
import { RankingBoard } from "./RankingBoard";
import { SearchBox } from "./SearchBox";

const SHOWN = 12;

/** Where people arrive: a search, what is on sale, what others buy, what they should know. */
export default function HomePage() {
  const { t } = useTranslation(["catalogue", "common"]);
  return (
    <Page
      title={t("common:brand")}
      heading={
        <div className={styles.hero}>
          <h1 tabIndex={-1}>{t("home.title")}</h1>
          <SearchBox />
          <nav aria-label={t("home.categories")}>
            <ul className={styles.kinds}>
              {CATEGORIES.map((category) => (
                <li key={category}>
                  <Link to={`/events?category=${category}`}>{t(`category.${category}`)}</Link>
                </li>
              ))}
            </ul>
          </nav>
        </div>
      }
    >
      <Bulletin />
      <div className={styles.columns}>
        <OnSale />
        <RankingBoard />
      </div>
    </Page>
  );
}

function OnSale() {
  const { t } = useTranslation("catalogue");
  const { data, error, refetch } = useInfiniteQuery(
    events({ status: "ON_SALE", sort: "date", limit: SHOWN }),
  );
  const shown = data?.pages[0]?.items;
  return (
    <section className={styles.section} aria-labelledby="on-sale">
      <div className={styles.title}>
        <h2 id="on-sale">{t("home.onSale")}</h2>
        <Link to="/events?status=ON_SALE">{t("home.allOnSale")}</Link>
      </div>
      {shown === undefined && error === null && <EventGridSkeleton count={6} />}
      {shown === undefined && error !== null && (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      )}
      {shown?.length === 0 && <Empty title={t("home.nothingOnSale")}>{t("home.nothingOnSaleText")}</Empty>}
      {shown !== undefined && <EventGrid events={shown} />}
    </section>
  );
}
