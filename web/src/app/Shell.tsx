import { type ReactNode, useEffect } from "react";
import { Link, NavLink } from "react-router";
import { language, speak } from "../i18n/i18n";
import { LANGUAGES, type Language } from "../i18n/languages";
import { useTranslation } from "../i18n/useTranslation";
import { useSession } from "../session/useSession";
import { keepFocus } from "../ui/keepFocus";
import { AccountMenu } from "./AccountMenu";
import styles from "./Shell.module.css";
import { StateBar } from "./StateBar";
import { useRestored } from "./useRestored";

const NAMES: Record<Language, string> = { en: "English", ko: "한국어" };

/** What is on every page. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const session = useSession();
  const { isError: isUnknown } = useRestored();
  useEffect(keepFocus, []);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {t("nav.skip")}
      </a>
      <header className={styles.header}>
        <div className={styles.bar}>
          <Link to="/" className={styles.brand}>
            <img src="/icon.svg" alt="" width="32" height="32" />
            {t("brand")}
          </Link>
          <nav className={styles.nav} aria-label={t("nav.main")}>
            <NavLink to="/events" end>
              {t("nav.events")}
            </NavLink>
            <NavLink to="/announcements" className={styles.wide}>
              {t("nav.announcements")}
            </NavLink>
          </nav>
          <nav
            className={styles.nav}
            aria-label={t("nav.account")}
            aria-busy={session.status === "restoring"}
          >
            {session.status === "signed-in" && <AccountMenu user={session.user} />}
            {(session.status === "anonymous" || (session.status === "restoring" && isUnknown)) && (
              <>
                <NavLink to="/login">{t("nav.login")}</NavLink>
                <NavLink to="/register" className={styles.wide}>
                  {t("nav.register")}
                </NavLink>
              </>
            )}
          </nav>
        </div>
      </header>
      <StateBar />
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <footer className={styles.footer}>
        <div>
          <span>{t("brand")}</span>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, these are three buttons */}
          <div className={styles.languages} role="group" aria-label={t("nav.language")}>
            {LANGUAGES.map((tag) => (
              <button
                type="button"
                key={tag}
                lang={tag}
                aria-pressed={tag === language()}
                onClick={() => void speak(tag)}
              >
                {NAMES[tag]}
              </button>
            ))}
          </div>
        </div>
      </footer>
    </div>
  );
}
