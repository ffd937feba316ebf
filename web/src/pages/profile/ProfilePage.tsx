import { useState } from "react";
import { useTranslation } from "react-i18next";
import { logOut } from "../../session/logOut";
import { useSession } from "../../session/useSession";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { Dialog } from "../../ui/Dialog";
import { Page } from "../../ui/Page";
import styles from "./Profile.module.css";
import { ProfileForm } from "./ProfileForm";

/** Who one is here. */
export default function ProfilePage() {
  const { t } = useTranslation("account");
  const session = useSession();
  if (session.status !== "signed-in") return null;
  const { user } = session;
  return (
    <Page title={t("profile.title")} narrow>
      <Card>
        <dl className={styles.facts}>
          <dt>{t("field.email")}</dt>
          <dd>{user.email}</dd>
          <dt>{t("profile.provider")}</dt>
          <dd>{t(`profile.by.${user.provider}`)}</dd>
        </dl>
        <ProfileForm key={user.id} user={user} />
      </Card>
      <Card>
        <h2>{t("profile.devices")}</h2>
        <p>{t("profile.devicesText")}</p>
        <LogOutEverywhere />
      </Card>
    </Page>
  );
}

function LogOutEverywhere() {
  const { t } = useTranslation(["account", "common"]);
  const [isAsking, setAsking] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const leave = () => {
    setLeaving(true);
    void logOut({ everywhere: true });
  };
  return (
    <div>
      <Button kind="danger" onClick={() => setAsking(true)}>
        {t("account:profile.everywhere")}
      </Button>
      {isAsking && (
        <Dialog
          title={t("account:profile.everywhereTitle")}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>{t("common:action.cancel")}</Button>
              <Button kind="danger" busy={isLeaving} onClick={leave}>
                {t("account:profile.everywhere")}
              </Button>
            </>
          }
        >
          <p>{t("account:profile.everywhereText")}</p>
        </Dialog>
      )}
    </div>
  );
}
