import { useTranslation } from "react-i18next";
import type { Problem } from "../../api/problem";
import { localTime, venueMoment } from "../../format/time";
import { ButtonLink } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { Countdown } from "../../ui/Countdown";
import styles from "./Place.module.css";

interface ScheduledProps {
  eventId: string;
  problem: Problem;
  timeZone: string | undefined;
}

/** Before the draw can be entered. */
export function Scheduled({ eventId, problem, timeZone }: ScheduledProps) {
  const { t } = useTranslation("sale");
  const opens = String(problem.document.preQueueOpensAt);
  return (
    <Card>
      <div className={styles.center}>
        <h2>{t("wait.scheduledTitle")}</h2>
        <p className={styles.label}>{t("wait.opensIn")}</p>
        <p className={styles.big}>
          <Countdown until={opens} />
        </p>
        <p>
          {t("wait.scheduledText", {
            time: timeZone === undefined ? localTime(opens) : venueMoment(opens, timeZone),
          })}
        </p>
        <ButtonLink kind="secondary" to={`/events/${eventId}`}>
          {t("wait.toEvent")}
        </ButtonLink>
      </div>
    </Card>
  );
}
