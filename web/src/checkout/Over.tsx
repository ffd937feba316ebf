import { useTranslation } from "react-i18next";
import type { Reservation } from "../api/reservations";
import { ButtonLink } from "../ui/Button";
import { Empty } from "../ui/Empty";

/** A reservation that there is nothing to pay for any more, and where to go instead. */
export function Over({ reservation, seatsPath }: { reservation: Reservation; seatsPath: string }) {
  const { t } = useTranslation("sale");
  if (reservation.status === "CONFIRMED") {
    return (
      <Empty
        title={t("checkout.paidTitle")}
        action={
          <ButtonLink to={`/reservations/${reservation.id}/tickets`}>{t("checkout.tickets")}</ButtonLink>
        }
      />
    );
  }
  const isReleased = reservation.status === "CANCELLED";
  return (
    <Empty
      title={t(isReleased ? "checkout.releasedTitle" : "checkout.expiredTitle")}
      action={<ButtonLink to={seatsPath}>{t("checkout.backToSeats")}</ButtonLink>}
    >
      {t(isReleased ? "checkout.releasedText" : "checkout.expiredText")}
    </Empty>
  );
}
