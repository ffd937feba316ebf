import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { event as eventOf } from "../../api/events";
import { layout as layoutOf, seatMap } from "../../api/seats";
import { useAdmission } from "../../api/useAdmission";
import { SaleHeading } from "../../sale/SaleHeading";
import { SaleSkeleton } from "../../sale/SaleSkeleton";
import { SeatSale } from "../../sale/SeatSale";
import { StandingSale } from "../../sale/StandingSale";
import { ButtonLink } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { Page } from "../../ui/Page";
import { ProblemNotice } from "../../ui/ProblemNotice";

/** Where seats or tickets of a performance are chosen. Everybody may look; holding them needs an account. */
export default function SeatsPage() {
  const { t } = useTranslation("sale");
  const { eventId = "", performanceId = "" } = useParams();
  useAdmission(eventId);
  const event = useQuery(eventOf(eventId));
  const map = useQuery(seatMap(eventId, performanceId));
  const performance = event.data?.performances.find(({ id }) => id === performanceId);
  const layoutId = performance?.layoutId ?? map.data?.layoutId ?? null;
  const layout = useQuery({ ...layoutOf(layoutId ?? ""), enabled: layoutId !== null });
  const title = event.data?.title ?? t("seats.title");

  const failed = [event, map, layout].find(({ isError, data }) => isError && data === undefined);
  const isUnknown = event.data !== undefined && performance === undefined;
  return (
    <Page
      title={title}
      heading={<SaleHeading title={title} event={event.data ?? null} performance={performance ?? null} />}
    >
      {isUnknown ? (
        <Empty
          title={t("seats.noPerformance")}
          action={<ButtonLink to={`/events/${eventId}`}>{t("seats.toEvent")}</ButtonLink>}
        />
      ) : failed ? (
        <ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} />
      ) : event.data && performance && map.data && layoutId === null ? (
        <StandingSale key={performanceId} event={event.data} performance={performance} map={map.data} />
      ) : event.data && performance && map.data && layout.data ? (
        <SeatSale
          key={performanceId}
          event={event.data}
          performance={performance}
          layout={layout.data}
          map={map.data}
        />
      ) : (
        <SaleSkeleton />
      )}
    </Page>
  );
}
