import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Category } from "../api/events";
import styles from "./Poster.module.css";

interface PosterProps {
  title: string;
  category: Category;
  src: string | null;
  /** Whether it is the first thing to be seen, and not to wait for others. */
  first?: boolean;
}

/**
 * An event's poster, three by four; where there is none, or it does not come, one in the colour of its kind. For the eye only:
 * whatever it says stands beside it as text.
 */
export function Poster({ title, category, src, first = false }: PosterProps) {
  const { t } = useTranslation("catalogue");
  const [broken, setBroken] = useState<string | null>(null);
  const isShown = src !== null && src !== broken;
  return (
    <div className={`${styles.poster} ${styles[category]}`} aria-hidden="true">
      {isShown ? (
        // biome-ignore lint/a11y/noNoninteractiveElementInteractions: it tells that the picture did not come
        <img
          src={src}
          alt=""
          width="480"
          height="640"
          loading={first ? "eager" : "lazy"}
          fetchPriority={first ? "high" : "auto"}
          decoding="async"
          onError={() => setBroken(src)}
        />
      ) : (
        <div className={styles.drawn}>
          <span className={styles.kind}>{t(`category.${category}`)}</span>
          <span className={styles.title}>{title}</span>
        </div>
      )}
    </div>
  );
}
