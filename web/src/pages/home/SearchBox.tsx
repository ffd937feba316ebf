import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { Button } from "../../ui/Button";
import { Hidden } from "../../ui/Loading";
import styles from "./SearchBox.module.css";

/** Leads to the results of a search. */
export function SearchBox() {
  const { t } = useTranslation("catalogue");
  const navigate = useNavigate();
  const [q, setQ] = useState("");
  return (
    <search className={styles.search}>
      <form
        className={styles.form}
        action="/events"
        onSubmit={(event) => {
          event.preventDefault();
          const words = q.trim();
          void navigate(words === "" ? "/events" : `/events?${new URLSearchParams({ q: words })}`);
        }}
      >
        <label className={styles.label}>
          <Hidden>{t("home.searchLabel")}</Hidden>
          <input
            type="search"
            name="q"
            value={q}
            maxLength={100}
            placeholder={t("home.searchLabel")}
            enterKeyHint="search"
            autoComplete="off"
            onChange={(event) => setQ(event.target.value)}
          />
        </label>
        <Button kind="primary" type="submit">
          {t("home.search")}
        </Button>
      </form>
    </search>
  );
}
