import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type Ranking, type RankingOf, ranking } from "../../api/events";
import { duration } from "../../format/time";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { Segments } from "../../ui/Segments";
import styles from "./RankingBoard.module.css";

const WINDOWS = ["day", "week", "all"] as const;
const ORDERS = ["sales", "sellout"] as const;

/** Which events sell best, or sold out fastest. */
export function RankingBoard() {
  const { t } = useTranslation("catalogue");
  const [of, setOf] = useState<RankingOf>({ window: "week", by: "sales" });
  const { data, error, isPlaceholderData, refetch } = useQuery(ranking(of));
  return (
    <section className={styles.board} aria-labelledby="ranking">
      <h2 id="ranking">{t("ranking.title")}</h2>
      <div className={styles.choices}>
        <Segments
          label={t("ranking.by")}
          values={ORDERS}
          value={of.by}
          name={(by) => t(`ranking.${by}`)}
          onChange={(by) => setOf({ ...of, by })}
        />
        <Segments
          label={t("ranking.window")}
          values={WINDOWS}
          value={of.window}
          name={(window) => t(`ranking.${window}`)}
          onChange={(window) => setOf({ ...of, window })}
        />
      </div>
      <div className={styles.places} aria-busy={data === undefined || isPlaceholderData}>
        {data === undefined && error !== null && (
          <ProblemNotice error={error} onRetry={() => void refetch()} />
        )}
        {data?.items.length === 0 && (
          <p className={styles.empty}>
            {data.by === "sales" ? t("ranking.emptySales") : t("ranking.emptySellout")}
          </p>
        )}
        {data !== undefined && data.items.length > 0 && (
          // biome-ignore lint/a11y/noRedundantRoles: Safari forgets that a list without bullets is one
          <ol role="list">
            {data.items.map((place) => (
              <Place key={place.event.id} place={place} />
            ))}
          </ol>
        )}
      </div>
    </section>
  );
}

function Place({ place }: { place: Ranking["items"][number] }) {
  const { t } = useTranslation("catalogue");
  return (
    <li className={styles.place}>
      <span className={styles.rank}>{place.rank}</span>
      <div className={styles.text}>
        <Link to={`/events/${place.event.id}`}>{place.event.title}</Link>
        <p>
          {place.event.venue}
          {" · "}
          {"tickets" in place
            ? t("ranking.tickets", { count: place.tickets })
            : t("ranking.soldOutIn", { duration: duration(place.secondsToSellOut) })}
        </p>
      </div>
    </li>
  );
}
