import type { Reservation } from "../api/reservations";
import { useTranslation } from "../i18n/useTranslation";
import { ButtonLink } from "../ui/Button";
import { Empty } from "../ui/Empty";

/** A reservation that there is nothing to pay for any more, and where to go instead. */
export function Over({ reservation }: { reservation: Reservation }) {
  const { t } = useTranslation("sale");
  const { id, status, paymentStatus, paymentId, performance } = reservation;
  const end = status === "CANCELLED" ? "released" : "expired";
  const own = `/reservations/${id}`;
  const [title, to, label, text] =
    paymentStatus === "PROCESSING"
      ? [t("checkout.processing"), `/payments/${paymentId}`, t("checkout.seeResult")]
      : status === "CONFIRMED"
        ? [t("checkout.paidTitle"), `${own}/tickets`, t("result.tickets")]
        : paymentStatus === "NONE" || paymentStatus === "FAILED"
          ? [
              t(`checkout.${end}Title`),
              `/events/${performance.eventId}/performances/${performance.id}`,
              t("checkout.backToSeats"),
              t(`checkout.${end}Text`),
            ]
          : // What becomes of the money is told with the reservation.
            [t(`checkout.${end}Title`), own, t("result.reservation")];
  return (
    <Empty title={title} action={<ButtonLink to={to}>{label}</ButtonLink>}>
      {text}
    </Empty>
  );
}
