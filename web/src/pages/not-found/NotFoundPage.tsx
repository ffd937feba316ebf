import { useTranslation } from "react-i18next";
import { ButtonLink } from "../../ui/Button";
import { Page } from "../../ui/Page";

/** For addresses that lead nowhere. */
export default function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("state.notFoundTitle")} narrow>
      <p>{t("state.notFoundText")}</p>
      <div>
        <ButtonLink to="/">{t("action.home")}</ButtonLink>
      </div>
    </Page>
  );
}
