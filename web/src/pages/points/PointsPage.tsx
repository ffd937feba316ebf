import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { type PointsEntry, points, pointsHistory } from "../../api/points";
import { points as inPoints } from "../../format/money";
import { localTime } from "../../format/time";
import { Card } from "../../ui/Card";
import { Empty } from "../../ui/Empty";
import { More } from "../../ui/More";
import { Page } from "../../ui/Page";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { Skeleton } from "../../ui/Skeleton";
import { BuyPoints } from "./BuyPoints";
import styles from "./Points.module.css";
import { Purchase } from "./Purchase";

/** One's points: how many, buying more, and how they moved. */
export default function PointsPage() {
  const { t } = useTranslation("account");
  const [query] = useSearchParams();
  const purchase = query.get("purchase");
  const balance = useQuery(points());
  return (
    <Page title={t("points.title")} narrow>
      {purchase !== null && <Purchase key={purchase} paymentId={purchase} />}
      <Card>
        <p className={styles.balance}>
          <span>{t("points.balance")}</span>
          <strong>{balance.data === undefined ? "–" : inPoints(balance.data.balance)}</strong>
        </p>
        {balance.error && <ProblemNotice error={balance.error} onRetry={() => void balance.refetch()} />}
        <p className={styles.hint}>{t("points.hint")}</p>
      </Card>
      <Card>
        <h2>{t("points.buy")}</h2>
        <BuyPoints />
      </Card>
      <h2>{t("points.history")}</h2>
      <History />
    </Page>
  );
}

function History() {
  const { t } = useTranslation("account");
  const list = useInfiniteQuery(pointsHistory());
  const entries = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {list.isPending && <Skeleton rows={3} height={72} />}
      {list.error && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && entries.length === 0 && <Empty title={t("points.empty")} />}
      {entries.length > 0 && (
        <ul className={styles.entries}>
          {entries.map((entry) => (
            <Entry key={`${entry.reference} ${entry.type} ${entry.createdAt}`} entry={entry} />
          ))}
        </ul>
      )}
      <More query={list} />
    </>
  );
}

function Entry({ entry: { type, amount, balanceAfter, createdAt } }: { entry: PointsEntry }) {
  const { t } = useTranslation("account");
  return (
    <li className={styles.entry}>
      <span>{t(`points.type.${type}`)}</span>
      <strong className={amount > 0 ? styles.in : undefined}>
        {amount > 0 ? "+" : ""}
        {inPoints(amount)}
      </strong>
      <time className={styles.faint} dateTime={createdAt}>
        {localTime(createdAt)}
      </time>
      <span className={styles.faint}>{t("points.after", { balance: inPoints(balanceAfter) })}</span>
    </li>
  );
}
