import { useCallback, useLayoutEffect, useMemo, useState } from "react";
import type { EventDetail, Performance } from "../api/events";
import type { Layout, SeatMap as SeatMapOfApi } from "../api/seats";
import { saleOf } from "../catalogue/sale";
import { useNow } from "../format/useNow";
import { useTranslation } from "../i18n/useTranslation";
import { countFree } from "../seat-map/availability";
import type { Hall } from "../seat-map/hall";
import { SeatMap } from "../seat-map/SeatMap";
import { Card } from "../ui/Card";
import { Notice } from "../ui/Notice";
import { BestSeats } from "./BestSeats";
import { Cart } from "./Cart";
import { ClassChips } from "./ClassChips";
import { HoldNotice } from "./HoldNotice";
import { Quantities } from "./Quantities";
import { SaleState } from "./SaleState";
import { SeatList } from "./SeatList";
import styles from "./SeatSale.module.css";
import { StateLegend } from "./StateLegend";
import { useAftermath } from "./useAftermath";
import { useChoice } from "./useChoice";
import { useHold } from "./useHold";
import { useLiveSeats } from "./useLiveSeats";
import { useOffer } from "./useOffer";
import { useOwnHold } from "./useOwnHold";
import { useSeatWords } from "./useSeatWords";
import { useSectionTexts } from "./useSectionTexts";
import { ViewSwitch } from "./ViewSwitch";

interface SeatSaleProps {
  event: EventDetail;
  performance: Performance;
  layout: Layout;
  map: SeatMapOfApi;
}

/** Choosing seats of a performance, on the map or in the list, and having them held. */
export function SeatSale({ event, performance, layout, map }: SeatSaleProps) {
  const { t } = useTranslation("sale");
  const now = useNow(1_000);
  const seats = useState<readonly number[]>([]);
  const { live, hall, connection, isStale } = useLiveSeats(event.id, layout, map, seats[0]);
  const [view, setView] = useState<"map" | "list">("map");
  const [shown, setShown] = useState<number | null>(null);
  const [wanted, setWanted] = useState<readonly number[]>([]);
  const hold = useHold(event.id, performance.id, () => choice.clear());
  const isAftermath = useAftermath(hold.problem, live, event.id, performance.id);
  const choice = useChoice(performance.id, live, event.buyerLimit, hold.isAsking || isAftermath, seats);
  const own = useOwnHold(performance.id, now);
  const mine = useMemo(
    () =>
      seatsOf(
        hall,
        own?.seats.map(({ id }) => id),
      ),
    [hall, own],
  );
  const words = useSeatWords(live, choice.seats, mine);
  const free = useMemo(() => countFree(hall, live.states), [hall, live.states]);
  const texts = useSectionTexts(hall, free.sections);
  const isShown = useCallback((priceClass: number) => shown === null || shown === priceClass, [shown]);

  const { problem } = hold;
  const lost = useMemo(
    () => seatsOf(hall, problem?.code === "seats_unavailable" ? problem.document.seatIds : null),
    [hall, problem],
  );
  useLayoutEffect(() => {
    if (lost.length > 0) live.lost(lost.map((seat) => hall.ids[seat] ?? ""));
  }, [lost, live, hall]);
  const offered = useOffer(hall, live.states, wanted, lost);

  const toggle = (seat: number) => {
    if (problem && !problem.isTransient) hold.clear();
    choice.toggle(seat);
  };
  const reserve = () => {
    setWanted(choice.seats);
    const seatIds = choice.seats.map((seat) => hall.ids[seat] ?? "");
    hold.ask({ kind: "seats", performanceId: performance.id, seatIds });
  };
  const offer = offered && {
    seats: offered.map(words.name).join(" · "),
    take: () => {
      hold.clear();
      choice.replace(offered);
    },
  };

  const left = live.isKnown ? free.classes.reduce((sum, count) => sum + count, 0) : null;
  const standing = map.ticketTypes.filter(({ quota }) => quota !== null);
  const sale = saleOf(performance, event.status, standing.length > 0 ? null : left, now);
  const isOpen = sale.kind === "open";
  const asked = hold.wish?.kind === "tickets" ? hold.wish.choice.items[0]?.ticketTypeId : undefined;
  const askedName = map.ticketTypes.find(({ id }) => id === asked)?.name ?? "";

  return (
    <div className={styles.sale}>
      <SaleState sale={sale} timeZone={event.timeZone} />
      <HoldNotice
        hold={hold}
        own={own}
        timeZone={event.timeZone}
        className={askedName}
        lost={lost.map(words.name)}
        offer={offer}
      />
      {!problem && choice.gone.length > 0 && (
        <Notice kind="warn">
          {t("seats.cart.gone", {
            count: choice.gone.length,
            seats: choice.gone.map(words.name).join(" · "),
          })}
        </Notice>
      )}
      {choice.isFull && <Notice kind="warn">{t("seats.cart.full", { most: choice.most })}</Notice>}
      <div className={styles.head}>
        <ClassChips hall={hall} free={free.classes} shown={shown} onShow={setShown} />
        <ViewSwitch view={view} onView={setView} />
      </div>
      <div className={styles.hall}>
        {view === "map" ? (
          <div className={styles.map}>
            <SeatMap
              live={live}
              chosen={choice.seats}
              own={mine}
              lost={lost.length > 0 ? lost : choice.gone}
              isShown={isShown}
              texts={texts}
              describe={words.describe}
              onToggle={toggle}
            />
          </div>
        ) : (
          <SeatList
            live={live}
            free={free.sections}
            chosen={choice.seats}
            isShown={isShown}
            describe={words.describe}
            onToggle={toggle}
          />
        )}
        <div className={styles.foot}>
          <StateLegend />
          <p role="status" className={styles.connection}>
            {isStale
              ? t("seats.live.stale")
              : connection === "lost" && live.isKnown
                ? t("seats.live.lost")
                : ""}
          </p>
        </div>
      </div>
      <div className={styles.side}>
        <Card>
          <Cart
            hall={hall}
            choice={choice}
            name={words.name}
            isAsking={hold.isAsking && hold.wish?.kind === "seats"}
            isOpen={isOpen}
            onReserve={reserve}
          />
        </Card>
        <Card>
          <BestSeats
            hall={hall}
            performanceId={performance.id}
            free={free.classes}
            most={choice.most}
            hold={hold}
            isOpen={isOpen}
          />
        </Card>
        {standing.length > 0 && (
          <Card>
            <Quantities
              performanceId={performance.id}
              types={standing}
              buyerLimit={event.buyerLimit}
              hold={hold}
              isOpen={isOpen}
            />
          </Card>
        )}
      </div>
    </div>
  );
}

function seatsOf(hall: Hall, ids: unknown): readonly number[] {
  return Array.isArray(ids) ? ids.map((id) => hall.indexOf(id)).filter((seat) => seat !== undefined) : [];
}
