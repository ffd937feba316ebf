import { Component, type ReactNode } from "react";
import { Problem } from "../api/problem";
import { useTranslation } from "../i18n/useTranslation";
import { Button } from "../ui/Button";
import { Empty } from "../ui/Empty";
import { loadAnew } from "./Pages";

interface CrashProps {
  children: ReactNode;
  /** The page's address: another page is tried, whatever became of the one before. */
  at?: string;
}

/** Stands in for a page that broke, or that could not be loaded, so that nobody looks at a blank one. */
export class Crash extends Component<CrashProps, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidCatch() {
    loadAnew();
  }

  override componentDidUpdate({ at }: CrashProps, { error }: { error: unknown }) {
    if (at !== this.props.at && error !== null && error === this.state.error) this.setState({ error: null });
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return <Broken error={error} onRetry={() => this.setState({ error: null })} />;
  }
}

function Broken({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  // Nothing else that is thrown while a page is drawn is a problem of the API or of the network.
  const isUnloaded = error instanceof Problem;
  return (
    <div role="alert">
      <Empty
        title={isUnloaded ? t("problem.offline") : t("state.crashTitle")}
        action={
          <Button kind="primary" onClick={isUnloaded ? onRetry : () => location.reload()}>
            {t("action.retry")}
          </Button>
        }
      >
        {!isUnloaded && t("state.crashText")}
      </Empty>
    </div>
  );
}
