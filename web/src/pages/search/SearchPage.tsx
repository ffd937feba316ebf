import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { readSearch, type Search, writeSearch } from "../../catalogue/filter";
import { Page } from "../../ui/Page";
import { ActiveFilters } from "./ActiveFilters";
import { Filters } from "./Filters";
import { Results } from "./Results";
import { SearchField } from "./SearchField";
import styles from "./SearchPage.module.css";

const PAUSE_MS = 300;

/** Finds events. What is looked for stands in the address, so that it can be kept, sent and gone back to. */
export default function SearchPage() {
  const { t } = useTranslation("catalogue");
  const [params, setParams] = useSearchParams();
  const search = readSearch(params);
  const change = (part: Partial<Search>) =>
    setParams((before) => writeSearch({ ...readSearch(before), ...part }), { replace: true });
  const [q, setQ] = useWords(search.q, (words) => change({ q: words }));
  const clear = () => {
    setQ("");
    setParams(writeSearch({ ...readSearch(new URLSearchParams()), sort: search.sort }), { replace: true });
    goToResults();
  };
  return (
    <Page title={t("search.title")}>
      <SearchField q={q} onChange={setQ} />
      <div className={styles.columns}>
        <Filters search={search} onChange={change} />
        <div className={styles.found}>
          <ActiveFilters
            search={search}
            onChange={(part) => {
              change(part);
              goToResults();
            }}
            onClear={clear}
          />
          <Results search={search} onSort={(sort) => change({ sort })} onClear={clear} />
        </div>
      </div>
    </Page>
  );
}

// The button that was pressed goes away: the focus goes on to what it changed.
function goToResults(): void {
  document.getElementById("results")?.focus({ preventScroll: true });
}

/** What is being typed, told once somebody pauses; a word that comes from elsewhere (back, a link) replaces it. */
function useWords(told: string, tell: (words: string) => void) {
  const [typed, setTyped] = useState(told);
  const latest = useRef({ told, tell });
  useEffect(() => {
    latest.current.tell = tell;
  });
  useEffect(() => {
    if (latest.current.told === told) return;
    latest.current.told = told;
    setTyped(told);
  }, [told]);
  useEffect(() => {
    if (typed === latest.current.told) return;
    const timer = setTimeout(() => {
      latest.current.told = typed.trim() === "" ? "" : typed;
      latest.current.tell(typed);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return [typed, setTyped] as const;
}
