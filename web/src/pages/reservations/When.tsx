import { useTranslation } from "react-i18next";
import { foreignZone, venueTime } from "../../format/time";

/** When a performance begins, on the clock at its venue. */
export function When({ startsAt, timeZone }: { startsAt: string; timeZone: string }) {
  const { i18n } = useTranslation();
  const zone = foreignZone(startsAt, timeZone);
  return (
    <time dateTime={startsAt} lang={i18n.language}>
      {venueTime(startsAt, timeZone)}
      {zone && ` (${zone})`}
    </time>
  );
}
