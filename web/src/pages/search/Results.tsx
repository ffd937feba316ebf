import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { events } from "../../api/events";
import { EventGrid, EventGridSkeleton } from "../../catalogue/EventGrid";
import { filtersIn, queryOf, type Search, SORTS, type Sort } from "../../catalogue/filter";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { Hidden } from "../../ui/Loading";
import { More } from "../../ui/More";
import { ProblemNotice } from "../../ui/ProblemNotice";
import styles from "./Results.module.css";

interface ResultsProps {
  search: Search;
  onSort: (sort: Sort) => void;
  onClear: () => void;
}

/** What was found, as far as it was asked for. */
export function Results({ search, onSort, onClear }: ResultsProps) {
  const { t } = useTranslation("catalogue");
  const query = useInfiniteQuery(events(queryOf(search)));
  const { data, error, isPlaceholderData, hasNextPage } = query;
  const shown = data?.pages.flatMap(({ items }) => items);
  const count = shown?.length ?? 0;
  const isEmpty = shown?.length === 0 && !isPlaceholderData;
  return (
    <section className={styles.results} aria-labelledby="results">
      <div className={styles.bar}>
        <h2 id="results" tabIndex={-1}>
          {t("search.results")}
        </h2>
        <p role="status">
          {shown !== undefined &&
            count > 0 &&
            (hasNextPage ? t("search.shownSoFar", { count }) : t("search.shown", { count }))}
          {isEmpty && <Hidden>{t("search.empty")}</Hidden>}
        </p>
        <label className={styles.sort}>
          <span>{t("search.sort")}</span>
          <select
            value={search.sort}
            onChange={({ target }) => onSort(SORTS.find((each) => each === target.value) ?? "date")}
          >
            <option value="date">{t("search.sortDate")}</option>
            <option value="popular">{t("search.sortPopular")}</option>
            <option value="newest">{t("search.sortNewest")}</option>
          </select>
        </label>
      </div>
      {shown === undefined && error === null && <EventGridSkeleton count={8} />}
      {error !== null && <ProblemNotice error={error} onRetry={() => void query.refetch()} />}
      {isEmpty && <Nothing search={search} onClear={onClear} />}
      {shown !== undefined && count > 0 && (
        <div className={isPlaceholderData ? styles.old : undefined} aria-busy={isPlaceholderData}>
          <EventGrid events={shown} />
        </div>
      )}
      {shown !== undefined && <More query={query} />}
    </section>
  );
}

function Nothing({ search, onClear }: { search: Search; onClear: () => void }) {
  const { t } = useTranslation("catalogue");
  const isNarrowed = search.q.trim() !== "" || filtersIn(search) > 0;
  return (
    <Empty
      title={search.q.trim() === "" ? t("search.empty") : t("search.emptyFor", { q: search.q.trim() })}
      action={isNarrowed && <Button onClick={onClear}>{t("search.reset")}</Button>}
    >
      {isNarrowed ? t("search.emptyHint") : t("search.emptyHintPlain")}
    </Empty>
  );
}
