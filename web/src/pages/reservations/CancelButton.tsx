import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Reservation } from "../../api/reservations";
import { Button } from "../../ui/Button";
import { CancelDialog } from "./CancelDialog";

/** Gives a reservation up, after a look at what comes back. */
export function CancelButton({ reservation, isPaid }: { reservation: Reservation; isPaid: boolean }) {
  const { t } = useTranslation("account");
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button kind="danger" onClick={() => setAsking(true)}>
        {isPaid ? t("cancel.button") : t("cancel.release")}
      </Button>
      {isAsking && (
        <CancelDialog reservation={reservation} isPaid={isPaid} onClose={() => setAsking(false)} />
      )}
    </>
  );
}
