import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/Button";
import { Empty } from "../ui/Empty";

/** Stands in for a page that broke, so that nobody looks at a blank one. */
export class Crash extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override render() {
    return this.state.isBroken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useTranslation();
  return (
    <main>
      <Empty
        title={t("state.crashTitle")}
        action={
          <Button kind="primary" onClick={() => location.reload()}>
            {t("action.retry")}
          </Button>
        }
      >
        {t("state.crashText")}
      </Empty>
    </main>
  );
}
