import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigationType } from "react-router";
import styles from "./Page.module.css";

interface PageProps {
  /** The page's name: its heading and the tab's title. */
  title: string;
  /** What stands for the heading where it is more than text; it contains an `h1`. `null` where the content has it. */
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
  const { pathname } = useLocation();
  const navigation = useNavigationType();
  const latest = useRef(navigation);
  useEffect(() => {
    latest.current = navigation;
  });
  useEffect(() => {
    document.title = title === brand ? brand : `${title} · ${brand}`;
  }, [title, brand]);
  // Once for each address: a page that only writes its filters there leaves focus and place alone. Back and forward
  // are the browser's own affair.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is what it waits for
  useEffect(() => {
    if (latest.current === "POP") return;
    window.scrollTo(0, 0);
    page.current?.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <div ref={page} className={narrow ? `${styles.page} ${styles.narrow}` : styles.page}>
      {heading === undefined ? <h1 tabIndex={-1}>{title}</h1> : heading}
      {children}
    </div>
  );
}
