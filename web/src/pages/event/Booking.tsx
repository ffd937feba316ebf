import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { currentAdmission, onAdmissionChange } from "../../api/admission";
import type { EventDetail } from "../../api/events";
import { queueStatus } from "../../api/queue";
import { dayAt } from "../../catalogue/month";
import { isBookable, nextStep, saleOf } from "../../catalogue/sale";
import { foreignZone } from "../../format/time";
import { useNow } from "../../format/useNow";
import styles from "./Booking.module.css";
import { DayPicker, type Show } from "./DayPicker";
import { PerformanceCard } from "./PerformanceCard";
import { useStock } from "./useStock";

const QUIET_MS = 30_000;

/** The days of an event, and for each performance of the chosen one what is left and the way on. */
export function Booking({ event }: { event: EventDetail }) {
  const { t } = useTranslation("catalogue");
  const now = useNow();
  const stock = useStock(event);
  const isSold = event.status === "ON_SALE" || event.status === "SOLD_OUT";
  const queue = useQuery({
    ...queueStatus(event.id),
    enabled: isSold,
    refetchInterval: ({ state }) =>
      state.data === undefined || state.data.phase === "NONE" ? QUIET_MS : state.data.pollAfterSeconds * 1000,
  });
  const isAdmitted = useSyncExternalStore(onAdmissionChange, () => currentAdmission(event.id) !== null);
  const [params, setParams] = useSearchParams();

  const all = event.performances.map((performance): Show => {
    const left = stock.left(performance.id);
    return {
      performance,
      day: dayAt(performance.startsAt, event.timeZone),
      sale: saleOf(performance, event.status, left, now),
    };
  });
  const coming = all.filter(({ sale }) => sale.kind !== "over");
  const shows = coming.length > 0 ? coming : all;
  const days = [...new Set(shows.map(({ day }) => day))];
  const wished = params.get("day");
  const day =
    days.find((each) => each === wished) ?? shows.find(({ sale }) => isBookable(sale))?.day ?? days[0];
  if (day === undefined) return <p>{t("event.noPerformances")}</p>;

  const zone = foreignZone(shows[0]?.performance.startsAt ?? "", event.timeZone);
  // Whoever cannot ask whether there is a waiting room may try: the sale itself says so, too.
  const phase = queue.data?.phase ?? (queue.isError ? "NONE" : null);
  return (
    <section className={styles.booking} aria-labelledby="booking">
      <div className={styles.title}>
        <h2 id="booking">{t("event.booking")}</h2>
        <p className={styles.viewers}>{stock.viewers > 1 && t("event.viewers", { count: stock.viewers })}</p>
      </div>
      <div className={styles.picked}>
        {days.length > 1 && (
          <DayPicker
            shows={shows}
            days={days}
            day={day}
            onPick={(picked) =>
              setParams(
                (before) => {
                  before.set("day", picked);
                  return before;
                },
                { replace: true },
              )
            }
          />
        )}
        {/* biome-ignore lint/a11y/noRedundantRoles: Safari forgets that a list without bullets is one */}
        <ul className={styles.cards} role="list">
          {shows
            .filter((show) => show.day === day)
            .map((show) => (
              <li key={show.performance.id}>
                <PerformanceCard
                  event={event}
                  show={show}
                  leftByType={stock.leftByType(show.performance.id)}
                  step={nextStep(show.sale, phase, isAdmitted)}
                  isAdmitted={isAdmitted}
                  queue={queue.data ?? null}
                />
              </li>
            ))}
        </ul>
      </div>
      {zone !== null && <p className={styles.zone}>{t("event.zone", { zone })}</p>}
    </section>
  );
}
