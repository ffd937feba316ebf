import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigationType } from "react-router";
import styles from "./Page.module.css";

interface PageProps {
  /** The page's name: its heading and the tab's title. */
  title: string;
  /** What stands for the heading where it is more than text; it contains an `h1`. */
  heading?: ReactNode;
  /** For forms and texts: a width that reads well. */
  narrow?: boolean;
  children: ReactNode;
}

/** A page: title, heading, and the focus at its beginning after a navigation, as a loaded page would have it. */
export function Page({ title, heading, narrow = false, children }: PageProps) {
  const { t } = useTranslation();
  const brand = t("brand");
  const page = useRef<HTMLDivElement>(null);
  const wasFollowed = useNavigationType() !== "POP";
  useEffect(() => {
    document.title = title === brand ? brand : `${title} · ${brand}`;
  }, [title, brand]);
  useEffect(() => {
    if (wasFollowed) page.current?.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }, [wasFollowed]);
  return (
    <div ref={page} className={narrow ? `${styles.page} ${styles.narrow}` : styles.page}>
      {heading ?? <h1 tabIndex={-1}>{title}</h1>}
      {children}
    </div>
  );
}
