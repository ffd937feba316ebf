import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { myReservations, type Reservation } from "../../api/reservations";
import { money } from "../../format/money";
import { useNow } from "../../format/useNow";
import { Badge } from "../../ui/Badge";
import { ButtonLink } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { More } from "../../ui/More";
import { Page } from "../../ui/Page";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { Skeleton } from "../../ui/Skeleton";
import styles from "./Reservations.module.css";
import { BADGES, stateOf } from "./state";
import { When } from "./When";

/** All of one's reservations, newest first. */
export default function ReservationsPage() {
  const { t } = useTranslation("account");
  const list = useInfiniteQuery(myReservations());
  const now = useNow(10_000);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t("reservations.title")}>
      {list.isPending && <Skeleton rows={4} height={132} />}
      {list.error && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && (
        <Empty
          title={t("reservations.emptyTitle")}
          action={<ButtonLink to="/events">{t("reservations.toEvents")}</ButtonLink>}
        >
          {t("reservations.emptyText")}
        </Empty>
      )}
      {items.length > 0 && (
        <ul className={styles.list}>
          {items.map((item) => (
            <Entry key={item.id} reservation={item} now={now} />
          ))}
        </ul>
      )}
      <More query={list} />
    </Page>
  );
}

function Entry({ reservation, now }: { reservation: Reservation; now: number }) {
  const { t } = useTranslation("account");
  const { id, performance, seats, totalAmount, currency } = reservation;
  const state = stateOf(reservation, now);
  const isOver = state !== "toPay" && state !== "paying" && state !== "confirmed" && state !== "refunding";
  return (
    <li className={isOver ? `${styles.entry} ${styles.over}` : styles.entry}>
      <div className={styles.state}>
        <Badge kind={BADGES[state]}>{t(`state.${state}`)}</Badge>
      </div>
      <h2 className={styles.name}>
        <Link to={`/reservations/${id}`}>{performance.title}</Link>
      </h2>
      <p>
        <When startsAt={performance.startsAt} timeZone={performance.timeZone} />
      </p>
      <p className={styles.faint}>{performance.venue}</p>
      <p className={styles.sum}>
        {t("reservations.tickets", { count: seats.length })} · {money(totalAmount, currency)}
      </p>
    </li>
  );
}
