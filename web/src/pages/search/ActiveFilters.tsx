import { useTranslation } from "react-i18next";
import { filtersIn, type Search } from "../../catalogue/filter";
import { calendarDay } from "../../format/time";
import styles from "./ActiveFilters.module.css";

interface ActiveFiltersProps {
  search: Search;
  onChange: (part: Partial<Search>) => void;
  onClear: () => void;
}

/** The filters in use, each to be taken off. */
export function ActiveFilters({ search, onChange, onClear }: ActiveFiltersProps) {
  const { t } = useTranslation("catalogue");
  if (filtersIn(search) === 0) return null;
  const { category, status, from, to } = search;
  const chips: { name: string; without: Partial<Search> }[] = [];
  if (category) chips.push({ name: t(`category.${category}`), without: { category: null } });
  if (status) chips.push({ name: t(`status.${status}`), without: { status: null } });
  if (from)
    chips.push({
      name: t("search.fromDay", { day: calendarDay(from, "short-day") }),
      without: { from: null },
    });
  if (to)
    chips.push({ name: t("search.toDay", { day: calendarDay(to, "short-day") }), without: { to: null } });
  return (
    <ul className={styles.chips} aria-label={t("search.active")}>
      {chips.map(({ name, without }) => (
        <li key={name}>
          <button
            type="button"
            className={styles.chip}
            aria-label={t("search.remove", { name })}
            onClick={() => onChange(without)}
          >
            {name}
            <span aria-hidden="true">×</span>
          </button>
        </li>
      ))}
      <li>
        <button type="button" className={styles.all} onClick={onClear}>
          {t("search.reset")}
        </button>
      </li>
    </ul>
  );
}
