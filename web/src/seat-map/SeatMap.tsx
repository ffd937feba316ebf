import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "../i18n/useTranslation";
import { Hidden } from "../ui/Loading";
import { Camera } from "./camera";
import type { SectionText } from "./draw/backdrop";
import { Painter } from "./draw/painter";
import { hear } from "./gestures";
import { Grid } from "./grid";
import type { LiveSeats } from "./live-seats";
import { MapButtons } from "./MapButtons";
import { placeOf, type Reaction, reactToKey, reactToTap, SEEN_PX, seatUnder } from "./reactions";
import styles from "./SeatMap.module.css";
import { SeatTip, type Tip } from "./SeatTip";
import { toScreen } from "./view";

interface SeatMapProps {
  live: LiveSeats;
  chosen: readonly number[];
  /** Held for the person. */
  own: readonly number[];
  lost: readonly number[];
  isShown: (priceClass: number) => boolean;
  texts: readonly SectionText[];
  /** What a seat is, in words; without the time that runs where they are read out at every change. */
  describe: (seat: number, isTimeless?: boolean) => string;
  onToggle: (seat: number) => void;
}

/** The hall, drawn: moved and zoomed by pointer, wheel, fingers, buttons and keys. */
export function SeatMap({ live, chosen, own, lost, isShown, texts, describe, onToggle }: SeatMapProps) {
  const { t } = useTranslation("sale");
  const { hall, states, others, isKnown } = live;
  const help = useId();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const parts = useRef<{ painter: Painter; camera: Camera } | null>(null);
  const grid = useMemo(() => new Grid(hall), [hall]);
  const [tip, setTip] = useState<Tip | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const [hasFocus, setHasFocus] = useState(false);

  const react = (reaction: Reaction | null) => {
    const camera = parts.current?.camera;
    if (!reaction || !camera) return;
    const { zoom, showAll, area, approach, cursor: next, toggle } = reaction;
    if (zoom) camera.zoomBy(zoom);
    if (showAll) camera.showAll();
    if (area) camera.showArea(area, SEEN_PX);
    if (approach) camera.approach(approach);
    if (next !== undefined) {
      setCursor(next);
      if (!approach) camera.reveal(placeOf(hall, next), SEEN_PX);
    }
    if (toggle !== undefined) onToggle(toggle);
  };
  const latest = useRef(react);
  useEffect(() => {
    latest.current = react;
  });

  useEffect(() => {
    const [outer, inner] = [frame.current, canvas.current];
    if (!outer || !inner) return;
    const painter = new Painter(inner, hall, grid, () => {
      if (outer.dataset.seatMap === "drawn") return;
      outer.dataset.seatMap = "drawn";
      performance.mark("seat-map-drawn");
    });
    const camera = new Camera(hall, (next) => {
      painter.look(next);
      // The seat is somewhere else now.
      setTip(null);
    });
    parts.current = { painter, camera };
    const measure = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const { width, height } = entry.contentRect;
      camera.resize({ width, height });
      painter.resize({ width, height }, Math.min(3, window.devicePixelRatio || 1));
    });
    measure.observe(outer);
    const end = hear(outer, camera, {
      onTap: (point, isTouch) => latest.current(reactToTap(hall, grid, camera.view, point, isTouch)),
      onHover: (point) => {
        const seat = point && seatUnder(hall, grid, camera.view, point);
        setTip((before) => {
          if (seat === null || before?.seat === seat) return seat === null ? null : before;
          return { seat, ...toScreen(camera.view, placeOf(hall, seat)) };
        });
      },
    });
    return () => {
      end();
      measure.disconnect();
      camera.stop();
      painter.stop();
      parts.current = null;
    };
  }, [hall, grid]);

  const stage = t("seats.stage");
  const hover = tip?.seat ?? null;
  const focus = hasFocus ? cursor : null;
  useEffect(() => {
    if (!isKnown) return;
    parts.current?.painter.show({ states, others, isShown, chosen, own, lost, focus, hover, texts, stage });
  }, [isKnown, states, others, isShown, chosen, own, lost, focus, hover, texts, stage]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const reaction = reactToKey(hall, cursor, event.key);
    if (reaction === null) return;
    event.preventDefault();
    react(reaction);
  };

  return (
    <div className={styles.map}>
      {/* biome-ignore lint/a11y/noNoninteractiveElementInteractions: an application hears keys itself */}
      <div
        ref={frame}
        className={styles.frame}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the focus
        tabIndex={0}
        aria-label={t("seats.map")}
        aria-describedby={help}
        onKeyDown={onKeyDown}
        onFocus={() => setHasFocus(true)}
        onBlur={() => setHasFocus(false)}
      >
        <canvas ref={canvas} className={styles.canvas} data-over-seat={hover !== null || undefined} />
        {tip && <SeatTip tip={tip} describe={describe} />}
      </div>
      <p id={help} className={cursor === null ? `${styles.help} ${styles.fresh}` : styles.help}>
        {t("seats.keys")}
      </p>
      <MapButtons onZoom={(zoom) => react({ zoom })} onShowAll={() => react({ showAll: true })} />
      <div aria-live="polite">
        <Hidden>{focus === null ? "" : describe(focus, true)}</Hidden>
      </div>
    </div>
  );
}
