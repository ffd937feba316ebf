import { useId } from "react";
import { points as inPoints } from "../format/money";
import { useTranslation } from "../i18n/useTranslation";
import { Button } from "../ui/Button";
import { slidTo } from "./order";
import styles from "./PointsChoice.module.css";

interface PointsChoiceProps {
  value: number;
  most: number;
  balance: number;
  onChange: (points: number) => void;
}

const COARSE_FROM = 1_000;
const COARSE_STEP = 100;

/** How many points to use: a slider for the thumb, a field for who knows the number. */
export function PointsChoice({ value, most, balance, onChange }: PointsChoiceProps) {
  const { t } = useTranslation("sale");
  const id = useId();
  const step = most > COARSE_FROM ? COARSE_STEP : 1;
  return (
    <div className={styles.points}>
      <div className={styles.head}>
        {most > 0 ? <label htmlFor={id}>{t("checkout.points")}</label> : <span>{t("checkout.points")}</span>}
        <span className={styles.balance} id={`${id}-balance`}>
          {balance === 0 ? t("checkout.noPoints") : t("checkout.balance", { points: inPoints(balance) })}
        </span>
      </div>
      {most > 0 && (
        <>
          <input
            className={styles.slider}
            type="range"
            min={0}
            max={most}
            step={step}
            value={value}
            aria-label={t("checkout.pointsSlider")}
            aria-valuetext={inPoints(value)}
            onChange={({ target }) => onChange(slidTo(target.valueAsNumber, most, step))}
          />
          <div className={styles.exact}>
            <input
              id={id}
              className={styles.field}
              type="text"
              inputMode="numeric"
              autoComplete="off"
              aria-describedby={`${id}-balance`}
              value={value === 0 ? "" : String(value)}
              placeholder="0"
              onChange={({ target }) => onChange(Number(target.value.replace(/\D/g, "")))}
            />
            <Button onClick={() => onChange(most)}>{t("checkout.useAll")}</Button>
          </div>
        </>
      )}
    </div>
  );
}
