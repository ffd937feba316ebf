import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Reservation } from "../../api/reservations";
import { Button } from "../../ui/Button";
import { CancelDialog } from "./CancelDialog";

interface CancelButtonProps {
  reservation: Reservation;
  isPaid: boolean;
  /** Whether it can be given up as it stands now. A dialog that is open stays, and says what has changed. */
  isPossible: boolean;
}

/** Gives a reservation up, after a look at what comes back. */
export function CancelButton({ reservation, isPaid, isPossible }: CancelButtonProps) {
  const { t } = useTranslation("account");
  // What was asked stays the question, whatever becomes of the reservation meanwhile.
  const [asked, setAsked] = useState<{ isPaid: boolean } | null>(null);
  return (
    <>
      {isPossible && (
        <Button kind="danger" onClick={() => setAsked({ isPaid })}>
          {isPaid ? t("cancel.button") : t("cancel.release")}
        </Button>
      )}
      {asked !== null && (
        <CancelDialog reservation={reservation} isPaid={asked.isPaid} onClose={() => setAsked(null)} />
      )}
    </>
  );
}
