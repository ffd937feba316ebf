import { foreignZone, venueTime } from "../../format/time";
import { useTranslation } from "../../i18n/useTranslation";

/** When a performance begins, on the clock at its venue. */
export function When({ startsAt, timeZone }: { startsAt: string; timeZone: string }) {
  const { language } = useTranslation();
  const zone = foreignZone(startsAt, timeZone);
  return (
    <time dateTime={startsAt} lang={language}>
      {venueTime(startsAt, timeZone)}
      {zone && ` (${zone})`}
    </time>
  );
}
