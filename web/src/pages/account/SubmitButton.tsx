import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { remaining } from "../../format/time";
import { useNow } from "../../format/useNow";
import { Button } from "../../ui/Button";

interface SubmitButtonProps {
  busy: boolean;
  /** Until when the API wants no further attempt, in its time. */
  waitUntil?: number | null;
  children: ReactNode;
}

/** Sends a form; while the API wants to be left alone, it counts down instead. */
export function SubmitButton({ busy, waitUntil = null, children }: SubmitButtonProps) {
  const { t } = useTranslation("account");
  const now = useNow();
  const left = waitUntil === null ? 0 : waitUntil - now;
  return (
    <Button type="submit" kind="primary" wide busy={busy} disabled={left > 0}>
      {left > 0 ? t("logIn.wait", { time: remaining(left) }) : children}
    </Button>
  );
}
