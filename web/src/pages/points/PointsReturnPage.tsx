import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import { chargePoints } from "../../api/points";
import { ButtonLink } from "../../ui/Button";
import { Loading } from "../../ui/Loading";
import { Notice } from "../../ui/Notice";
import { Page } from "../../ui/Page";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { type GatewayReturn, readReturn } from "./gatewayReturn";

/** Where the gateway sends somebody back to after its form for buying points. */
export default function PointsReturnPage() {
  const { t } = useTranslation("account");
  const [query] = useSearchParams();
  const [back] = useState(() => readReturn(query));
  if (back.kind === "approved") return <Charging order={back.order} />;
  return (
    <Page title={t("points.buy")} narrow>
      <Notice kind={back.kind === "failed" && back.reason !== "closed" ? "bad" : "info"}>
        {back.kind === "failed" ? t(`points.failed.${back.reason}`) : t("points.failed.closed")}
      </Notice>
      <div>
        <ButtonLink to="/points">{t("points.back")}</ButtonLink>
      </div>
    </Page>
  );
}

function Charging({ order }: { order: Extract<GatewayReturn, { kind: "approved" }>["order"] }) {
  const { t } = useTranslation("account");
  const navigate = useNavigate();
  const charge = useQuery({
    queryKey: ["mine", "charge", order.chargeId],
    // A query rather than an effect: shown twice, it asks once. Sent again after a lost answer, it is the same purchase.
    queryFn: () => chargePoints(order),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  const { data: paymentId } = charge;
  useEffect(() => {
    // The key leaves the address as soon as it is spent: until then, a reload sends it again.
    if (paymentId !== undefined) {
      void navigate(`/points?${new URLSearchParams({ purchase: paymentId })}`, { replace: true });
    }
  }, [paymentId, navigate]);
  if (charge.error === null) return <Loading />;
  if (paymentId !== undefined) return <Navigate to="/points" replace />;
  return (
    <Page title={t("points.buy")} narrow>
      <ProblemNotice
        error={charge.error}
        texts={{ charge_id_taken: t("points.failed.taken"), validation_failed: t("points.failed.other") }}
        onRetry={() => void charge.refetch()}
      />
      <div>
        <ButtonLink kind="secondary" to="/points">
          {t("points.back")}
        </ButtonLink>
      </div>
    </Page>
  );
}
