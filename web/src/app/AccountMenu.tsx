import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { NavLink, useLocation } from "react-router";
import { inbox } from "../api/notifications";
import { useTranslation } from "../i18n/useTranslation";
import { logOut } from "../session/logOut";
import type { User } from "../session/session";
import { Hidden } from "../ui/Loading";
import styles from "./Shell.module.css";

/** Where somebody who is logged in finds their own things. */
export function AccountMenu({ user }: { user: User }) {
  const { t } = useTranslation();
  const { data } = useQuery(inbox());
  const unread = data?.unread ?? 0;
  const menu = useRef<HTMLDetailsElement>(null);
  const { pathname } = useLocation();

  const queries = useQueryClient();
  // The service worker (public/sw.js) has just shown a message.
  useEffect(() => {
    const workers = navigator.serviceWorker;
    const renew = () => void queries.invalidateQueries({ queryKey: ["mine", "inbox"] });
    workers?.addEventListener("message", renew);
    return () => workers?.removeEventListener("message", renew);
  }, [queries]);

  const close = () => menu.current?.removeAttribute("open");
  // biome-ignore lint/correctness/useExhaustiveDependencies: it closes whenever the page changes
  useEffect(close, [pathname]);
  useEffect(() => {
    const closeFromOutside = (event: Event) => {
      const isKey = event instanceof KeyboardEvent;
      if (isKey ? event.key !== "Escape" : menu.current?.contains(event.target as Node)) return;
      // What has the focus is hidden now.
      if (isKey && menu.current?.contains(document.activeElement))
        menu.current.querySelector("summary")?.focus();
      menu.current?.removeAttribute("open");
    };
    document.addEventListener("pointerdown", closeFromOutside);
    document.addEventListener("keydown", closeFromOutside);
    return () => {
      document.removeEventListener("pointerdown", closeFromOutside);
      document.removeEventListener("keydown", closeFromOutside);
    };
  }, []);

  return (
    <>
      <NavLink to="/reservations" className={styles.wide}>
        {t("nav.reservations")}
      </NavLink>
      <details ref={menu} className={styles.menu}>
        <summary>
          <span className={styles.name}>{user.name}</span>
          {unread > 0 && (
            <span className={styles.badge}>
              <span aria-hidden="true">{unread}</span>
              <Hidden>{t("nav.notificationsUnread", { count: unread })}</Hidden>
            </span>
          )}
        </summary>
        <div className={styles.sheet}>
          <NavLink to="/reservations">{t("nav.reservations")}</NavLink>
          <NavLink to="/points">{t("nav.points")}</NavLink>
          <NavLink to="/notifications">
            {t("nav.notifications")}
            {unread > 0 && <span className={styles.badge}>{unread}</span>}
          </NavLink>
          <NavLink to="/profile">{t("nav.profile")}</NavLink>
          <button type="button" onClick={() => void logOut()}>
            {t("nav.logout")}
          </button>
        </div>
      </details>
    </>
  );
}
