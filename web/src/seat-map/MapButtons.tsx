import { useTranslation } from "react-i18next";
import styles from "./SeatMap.module.css";

const STEP = 1.6;

/** Zooming for who has neither wheel nor two fingers free. */
export function MapButtons({
  onZoom,
  onShowAll,
}: {
  onZoom: (factor: number) => void;
  onShowAll: () => void;
}) {
  const { t } = useTranslation("sale");
  const buttons = [
    { name: t("seats.zoomIn"), icon: "M12 5v14M5 12h14", act: () => onZoom(STEP) },
    { name: t("seats.zoomOut"), icon: "M5 12h14", act: () => onZoom(1 / STEP) },
    { name: t("seats.showAll"), icon: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5", act: onShowAll },
  ];
  return (
    <div className={styles.buttons}>
      {buttons.map(({ name, icon, act }) => (
        <button type="button" key={icon} aria-label={name} title={name} onClick={act}>
          <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
            <path d={icon} fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" />
          </svg>
        </button>
      ))}
    </div>
  );
}
