import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import styles from "./More.module.css";

interface MoreProps {
  query: Pick<UseInfiniteQueryResult, "hasNextPage" | "isFetchingNextPage" | "fetchNextPage">;
}

/**
 * Asks for the next page of a list. The button stays where it is and keeps the focus while what it brought appears before it;
 * with the last page it goes, and the focus to where the list ends.
 */
export function More({ query }: MoreProps) {
  const { t } = useTranslation();
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  return (
    <div className={styles.more} tabIndex={-1}>
      {hasNextPage && (
        <Button
          busy={isFetchingNextPage}
          onClick={({ currentTarget }) => {
            const end = currentTarget.parentElement;
            void fetchNextPage().then((result) => {
              if (!result.hasNextPage) end?.focus({ preventScroll: true });
            });
          }}
        >
          {t("action.more")}
        </Button>
      )}
    </div>
  );
}
