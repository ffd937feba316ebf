import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { inboxPages, markRead } from "../../api/notifications";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { More } from "../../ui/More";
import { Page } from "../../ui/Page";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { Skeleton } from "../../ui/Skeleton";
import { Message } from "./Message";
import styles from "./Notifications.module.css";
import { PushSwitch } from "./PushSwitch";

/** One's inbox. */
export default function NotificationsPage() {
  const { t } = useTranslation("account");
  const queries = useQueryClient();
  const list = useInfiniteQuery(inboxPages());
  const read = useMutation({
    mutationFn: markRead,
    onSettled: () => queries.invalidateQueries({ queryKey: ["mine", "inbox"] }),
  });
  const messages = list.data?.pages.flatMap((page) => page.items) ?? [];
  const unread = messages.filter(({ readAt }) => readAt === null).map(({ id }) => id);
  return (
    <Page title={t("inbox.title")} narrow>
      <PushSwitch />
      {unread.length > 0 && (
        <div className={styles.tools}>
          <p>{t("inbox.unread", { count: unread.length })}</p>
          <Button busy={read.isPending} onClick={() => read.mutate(unread)}>
            {t("inbox.readAll")}
          </Button>
        </div>
      )}
      {read.error && <ProblemNotice error={read.error} onRetry={() => read.mutate(unread)} />}
      {list.isPending && <Skeleton rows={4} height={116} />}
      {list.error && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && messages.length === 0 && (
        <Empty title={t("inbox.emptyTitle")}>{t("inbox.emptyText")}</Empty>
      )}
      {messages.length > 0 && (
        <ul className={styles.list}>
          {messages.map((message) => (
            <Message key={message.id} message={message} onRead={() => read.mutate([message.id])} />
          ))}
        </ul>
      )}
      <More query={list} />
    </Page>
  );
}
