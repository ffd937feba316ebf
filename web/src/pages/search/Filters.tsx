import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { CATEGORIES, filtersIn, isReversed, type Search, STATUSES } from "../../catalogue/filter";
import { Field, SelectField } from "../../ui/Field";
import styles from "./Filters.module.css";

interface FiltersProps {
  search: Search;
  onChange: (part: Partial<Search>) => void;
}

const WIDE = "(width >= 800px)";

/** Narrows a search: beside the results where there is room, folded up above them where there is not. */
export function Filters(props: FiltersProps) {
  const { t } = useTranslation("catalogue");
  const isWide = useSyncExternalStore(onWidth, () => matchMedia(WIDE).matches);
  const inUse = filtersIn(props.search);
  if (isWide) {
    return (
      <section className={styles.filters} aria-labelledby="filters">
        <h2 id="filters">{t("search.filters")}</h2>
        <Fields {...props} />
      </section>
    );
  }
  return (
    <details className={styles.folded}>
      <summary>{inUse > 0 ? t("search.filtersActive", { count: inUse }) : t("search.filters")}</summary>
      <div className={styles.filters}>
        <Fields {...props} />
      </div>
    </details>
  );
}

function Fields({ search, onChange }: FiltersProps) {
  const { t } = useTranslation("catalogue");
  return (
    <>
      <SelectField
        label={t("search.category")}
        value={search.category ?? ""}
        onChange={({ target }) =>
          onChange({ category: CATEGORIES.find((each) => each === target.value) ?? null })
        }
      >
        <option value="">{t("search.allCategories")}</option>
        {CATEGORIES.map((category) => (
          <option key={category} value={category}>
            {t(`category.${category}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t("search.status")}
        value={search.status ?? ""}
        onChange={({ target }) =>
          onChange({ status: STATUSES.find((each) => each === target.value) ?? null })
        }
      >
        <option value="">{t("search.allStatuses")}</option>
        {STATUSES.map((status) => (
          <option key={status} value={status}>
            {t(`status.${status}`)}
          </option>
        ))}
      </SelectField>
      <Field
        label={t("search.from")}
        type="date"
        value={search.from ?? ""}
        onChange={({ target }) => onChange({ from: target.value || null })}
      />
      <Field
        label={t("search.to")}
        type="date"
        value={search.to ?? ""}
        hint={isReversed(search) ? t("search.datesReversed") : undefined}
        onChange={({ target }) => onChange({ to: target.value || null })}
      />
    </>
  );
}

function onWidth(listener: () => void): () => void {
  const query = matchMedia(WIDE);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
