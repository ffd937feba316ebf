import { useTranslation } from "react-i18next";
import type { QueueWait } from "../../api/queue";
import { localTime, venueMoment } from "../../format/time";
import { useNow } from "../../format/useNow";
import { Card } from "../../ui/Card";
import { Countdown } from "../../ui/Countdown";
import { Next } from "./Next";
import styles from "./Place.module.css";
import { Ways } from "./Ways";

interface DrawProps {
  eventId: string;
  wait: QueueWait;
  timeZone: string | undefined;
}

/** In the draw, before the sale opens. */
export function Draw({ eventId, wait, timeZone }: DrawProps) {
  const { t } = useTranslation("sale");
  const isDrawn = Date.parse(wait.opensAt) <= useNow();
  const opens = timeZone === undefined ? localTime(wait.opensAt) : venueMoment(wait.opensAt, timeZone);
  return (
    <>
      <Card>
        <div className={styles.center}>
          <h2>{t("wait.drawTitle")}</h2>
          <div role="status">{isDrawn && <p className={styles.label}>{t("wait.drawNow")}</p>}</div>
          {!isDrawn && (
            <>
              <p className={styles.label}>{t("wait.drawIn")}</p>
              <p className={styles.big}>
                <Countdown until={wait.opensAt} />
              </p>
            </>
          )}
          <p>{t("wait.drawAt", { time: opens })}</p>
          <p className={styles.soft}>{t("wait.drawText")}</p>
        </div>
      </Card>
      <Next isDraw />
      <Ways eventId={eventId} wait={wait} />
    </>
  );
}
