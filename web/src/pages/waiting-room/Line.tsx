import { useTranslation } from "react-i18next";
import { placeIn } from "../../api/admission";
import type { QueueWait } from "../../api/queue";
import { count } from "../../format/money";
import { duration } from "../../format/time";
import { Card } from "../../ui/Card";
import { Hidden } from "../../ui/Loading";
import { Notice } from "../../ui/Notice";
import { Next } from "./Next";
import styles from "./Place.module.css";
import { useSparingly } from "./useSparingly";
import { Ways } from "./Ways";

interface LineProps {
  eventId: string;
  wait: QueueWait;
  isHearing: boolean;
}

/** In the line: the place, how long it takes, and what to know before waiting on. */
export function Line({ eventId, wait, isHearing }: LineProps) {
  const { t } = useTranslation("sale");
  const { ahead, estimatedWaitSeconds, notice, position, seatsLeft } = wait;
  const estimate =
    estimatedWaitSeconds === null
      ? t("wait.estimateUnknown")
      : t("wait.estimate", { duration: duration(estimatedWaitSeconds) });
  const spoken = useSparingly(
    position === null
      ? ""
      : position === 0
        ? t("wait.soon")
        : t("wait.announce", { position: count(position), estimate }),
  );
  return (
    <>
      {notice === "FEWER_SEATS_THAN_PEOPLE_AHEAD" && (
        <Notice kind="warn" title={t("wait.fewerTitle")}>
          {t("wait.fewerText")}
        </Notice>
      )}
      {notice === "SOLD_OUT" && (
        <Notice kind="warn" title={t("wait.soldOutTitle")}>
          {t("wait.soldOutText")}
        </Notice>
      )}
      <Card>
        <div className={styles.center}>
          {position === null ? (
            <p className={styles.label}>{t("wait.settingUp")}</p>
          ) : (
            <>
              <h2 className={styles.label}>{t("wait.position")}</h2>
              <p className={styles.big}>{position === 0 ? t("wait.soon") : count(position)}</p>
              {ahead !== null && position > 0 && (
                <p className={styles.ahead}>
                  {ahead === 0 ? t("wait.positionNext") : t("wait.ahead", { count: ahead })}
                </p>
              )}
              <Progress ahead={ahead} first={placeIn(eventId)?.aheadAtFirst ?? null} />
              {position > 0 && <p>{estimate}</p>}
            </>
          )}
          <p className={styles.small}>
            <span className={isHearing ? styles.live : styles.polled} aria-hidden="true" />
            {isHearing ? t("wait.live") : t("wait.polling")}
            {seatsLeft !== null && <span>{t("wait.seatsLeft", { count: seatsLeft })}</span>}
          </p>
        </div>
        <div role="status" className={styles.spoken}>
          <Hidden>{spoken}</Hidden>
        </div>
      </Card>
      <Next isDraw={false} />
      <Ways eventId={eventId} wait={wait} />
    </>
  );
}

function Progress({ ahead, first }: { ahead: number | null; first: number | null }) {
  const { t } = useTranslation("sale");
  if (ahead === null || first === null) return null;
  return (
    <progress className={styles.progress} aria-label={t("wait.progress")} max={first} value={first - ahead} />
  );
}
