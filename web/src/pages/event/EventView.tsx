import { useTranslation } from "react-i18next";
import type { EventDetail } from "../../api/events";
import { Poster } from "../../catalogue/Poster";
import { StatusBadge } from "../../catalogue/StatusBadge";
import { Notice } from "../../ui/Notice";
import { Page } from "../../ui/Page";
import { Booking } from "./Booking";
import styles from "./EventView.module.css";
import { Facts } from "./Facts";

/** An event that is there. */
export function EventView({ event }: { event: EventDetail }) {
  const { t } = useTranslation("catalogue");
  const description = event.description.trim();
  return (
    <Page title={event.title} heading={null}>
      <article className={styles.event}>
        <div className={styles.poster}>
          <Poster title={event.title} category={event.category} src={event.images?.detail ?? null} first />
        </div>
        <header className={styles.head}>
          <p className={styles.kind}>
            <span>{t(`category.${event.category}`)}</span>
            <StatusBadge status={event.status} />
          </p>
          <h1 tabIndex={-1}>{event.title}</h1>
        </header>
        <div className={styles.body}>
          <Facts event={event} />
          {event.status === "CANCELLED" && (
            <Notice kind="info" title={t("event.cancelledTitle")}>
              {t("event.cancelledText")}
            </Notice>
          )}
          {event.status === "ENDED" && <Notice kind="info" title={t("event.endedTitle")} />}
          <Booking event={event} />
          {description !== "" && (
            <section className={styles.about}>
              <h2>{t("event.about")}</h2>
              <p>{description}</p>
            </section>
          )}
        </div>
      </article>
    </Page>
  );
}

/** Where an event is about to come. */
export function EventSkeleton() {
  return (
    <div className={`${styles.event} ${styles.blank}`} aria-hidden="true">
      <div className={`${styles.poster} ${styles.picture}`} />
      <div className={styles.line} />
    </div>
  );
}
