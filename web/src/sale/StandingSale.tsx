import { useQuery } from "@tanstack/react-query";
import type { EventDetail, Performance } from "../api/events";
import { type SeatMap, seatMap } from "../api/seats";
import { saleOf } from "../catalogue/sale";
import { useNow } from "../format/useNow";
import { Card } from "../ui/Card";
import { HoldNotice } from "./HoldNotice";
import { Quantities } from "./Quantities";
import { SaleState } from "./SaleState";
import styles from "./StandingSale.module.css";
import { useHold } from "./useHold";
import { useOwnHold } from "./useOwnHold";

const LOOK_MS = 5_000;

interface StandingSaleProps {
  event: EventDetail;
  performance: Performance;
  map: SeatMap;
}

/** A performance of general admission alone: there is nothing to choose but how many. */
export function StandingSale({ event, performance, map }: StandingSaleProps) {
  const now = useNow(1_000);
  // What it brings the page hands down.
  useQuery({ ...seatMap(event.id, performance.id), refetchInterval: LOOK_MS });
  const hold = useHold(event.id, performance.id, () => undefined);
  const own = useOwnHold(performance.id, now);
  const sale = saleOf(performance, event.status, map.counts.free, now);
  return (
    <div className={styles.sale}>
      <SaleState sale={sale} timeZone={event.timeZone} />
      <HoldNotice hold={hold} own={own} timeZone={event.timeZone} className="" lost={[]} offer={null} />
      <Card>
        <Quantities
          performanceId={performance.id}
          types={map.ticketTypes.filter(({ quota }) => quota !== null)}
          buyerLimit={event.buyerLimit}
          hold={hold}
          isOpen={sale.kind === "open"}
        />
      </Card>
    </div>
  );
}
