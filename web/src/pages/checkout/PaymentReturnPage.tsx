import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useLocation, useNavigate, useParams } from "react-router";
import { pay } from "../../api/payments";
import { asProblem } from "../../api/problem";
import { type Return, readReturn } from "../../checkout/order";
import { useTranslation } from "../../i18n/useTranslation";
import { ButtonLink } from "../../ui/Button";
import { Hidden } from "../../ui/Loading";
import { Notice } from "../../ui/Notice";
import { Page } from "../../ui/Page";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { Spinner } from "../../ui/Spinner";
import styles from "./PaymentReturnPage.module.css";

const MOST_TRIES = 6;

/**
 * Where the gateway's form sends people back to. What it says is passed on at once, again and again until there is an
 * answer; a reload passes on the same.
 */
export default function PaymentReturnPage() {
  const { t } = useTranslation("sale");
  const { reservationId = "" } = useParams();
  const { search } = useLocation();
  const navigate = useNavigate();
  const returned = readReturn(search);
  const checkout = `/reservations/${reservationId}/checkout`;
  const isBegun = useRef(false);

  const confirm = useMutation({
    mutationFn: ({ paymentId, points, paymentKey }: Return & { kind: "paid" }) =>
      pay({ reservationId, paymentId, points, paymentKey }),
    // The card was authorised: without a network this waits for one.
    networkMode: "online",
    retry: (failures, error) => failures < MOST_TRIES && asProblem(error).isTransient,
    retryDelay: (failures, error) =>
      (asProblem(error).retryAfterSeconds ?? 0) * 1000 || Math.min(4_000, 400 * 2 ** failures),
    // The key of the card payment does not stay in the address.
    onSuccess: (paymentId) => navigate(`/payments/${paymentId}`, { replace: true }),
  });

  useEffect(() => {
    if (isBegun.current) return;
    isBegun.current = true;
    if (returned.kind === "paid") confirm.mutate(returned);
    if (returned.kind === "not-paid") {
      navigate(checkout, { replace: true, state: { declined: returned.code } });
    }
  });

  const toCheckout = <ButtonLink to={checkout}>{t("checkout.toCheckout")}</ButtonLink>;
  return (
    <Page title={t("checkout.title")} narrow>
      {returned.kind === "unknown" ? (
        <Notice kind="bad" actions={toCheckout}>
          {t("checkout.badReturn")}
        </Notice>
      ) : confirm.isError ? (
        <>
          <h2>{t("checkout.confirmFailed")}</h2>
          <ProblemNotice
            error={confirm.error}
            texts={t("checkout.problem", { returnObjects: true })}
            onRetry={() => returned.kind === "paid" && confirm.mutate(returned)}
          />
          <div>{toCheckout}</div>
        </>
      ) : (
        <div className={styles.waiting} role="status">
          <Spinner />
          {returned.kind === "paid" ? t("checkout.confirming") : <Hidden>{t("checkout.title")}</Hidden>}
        </div>
      )}
    </Page>
  );
}
