import { useTranslation } from "react-i18next";
import { SeatIcon } from "./SeatIcon";
import styles from "./StateLegend.module.css";

const LOOKS = ["chosen", "watched", "held", "sold", "accessible"] as const;

/** What the looks of seats mean that are not about the price. */
export function StateLegend() {
  const { t } = useTranslation("sale");
  return (
    <ul className={styles.legend}>
      {LOOKS.map((look) => (
        <li key={look}>
          <SeatIcon look={look} />
          {t(`seats.legend.${look}`)}
        </li>
      ))}
    </ul>
  );
}
