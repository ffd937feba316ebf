import type { Sale } from "../catalogue/sale";
import { remaining, venueMoment } from "../format/time";
import { useNow } from "../format/useNow";
import { useTranslation } from "../i18n/useTranslation";
import { Notice } from "../ui/Notice";

/** Why one cannot buy here now, when one cannot. */
export function SaleState({ sale, timeZone }: { sale: Sale; timeZone: string }) {
  const { t } = useTranslation("sale");
  switch (sale.kind) {
    case "open":
      return null;
    case "soon":
      return <Soon opensAt={sale.opensAt} timeZone={timeZone} />;
    case "cancelled":
      return (
        <Notice kind="warn" title={t("seats.cancelledTitle")}>
          {t("seats.cancelledText")}
        </Notice>
      );
    case "sold-out":
      return (
        <Notice kind="info" title={t("seats.soldOutTitle")}>
          {t("seats.soldOutText")}
        </Notice>
      );
    default:
      return (
        <Notice kind="warn" title={t("seats.closedTitle")}>
          {t("seats.closedText")}
        </Notice>
      );
  }
}

function Soon({ opensAt, timeZone }: { opensAt: string; timeZone: string }) {
  const { t } = useTranslation("sale");
  const now = useNow();
  // A clock that is read out every second is noise: screen readers hear it when they come by.
  return (
    <Notice
      kind="info"
      role="timer"
      title={t("seats.opensIn", { time: remaining(Date.parse(opensAt) - now) })}
    >
      {t("seats.opensAt", { moment: venueMoment(opensAt, timeZone) })}
    </Notice>
  );
}
