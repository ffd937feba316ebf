import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Notification } from "../../api/notifications";
import { localTime } from "../../format/time";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import styles from "./Notifications.module.css";

/** A message; following it is reading it. */
export function Message({ message, onRead }: { message: Notification; onRead: () => void }) {
  const { t } = useTranslation("account");
  const { title, body, reservationId, eventId, createdAt, readAt } = message;
  const isUnread = readAt === null;
  const target = reservationId ? `/reservations/${reservationId}` : eventId && `/events/${eventId}`;
  return (
    <li className={isUnread ? `${styles.message} ${styles.unread}` : styles.message}>
      <p className={styles.meta}>
        {isUnread && <Badge kind="info">{t("inbox.new")}</Badge>}
        <time dateTime={createdAt}>{localTime(createdAt)}</time>
      </p>
      <h2 className={styles.title}>
        {target ? (
          <Link to={target} onClick={() => isUnread && onRead()}>
            {title}
          </Link>
        ) : (
          title
        )}
      </h2>
      <p>{body}</p>
      {isUnread && !target && (
        <div>
          <Button kind="quiet" onClick={onRead}>
            {t("inbox.read")}
          </Button>
        </div>
      )}
    </li>
  );
}
