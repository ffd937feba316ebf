import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { newPaymentId } from "../../api/ids";
import { money, points } from "../../format/money";
import { useTranslation } from "../../i18n/useTranslation";
import { openPayment, PaymentClosed } from "../../payments/gateway";
import { useSession } from "../../session/useSession";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { Notice } from "../../ui/Notice";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { useComeback } from "../../ui/useComeback";
import { amountOf, isAmount, MOST, QUICK } from "./amount";
import styles from "./Points.module.css";

/** Buys points by card, through the gateway's own form. One point is one won. */
export function BuyPoints() {
  const { t } = useTranslation("account");
  const session = useSession();
  const { register, handleSubmit, watch, setValue, formState } = useForm({
    defaultValues: { amount: "10000" },
  });
  const amount = amountOf(watch("amount"));
  const leave = useMutation({
    mutationFn: (bought: number) =>
      openPayment({
        kind: "points",
        orderId: newPaymentId(),
        amount: bought,
        currency: "KRW",
        orderName: t("points.order", { amount: points(bought) }),
        customerName: session.status === "signed-in" ? session.user.name : "",
        successUrl: `${location.origin}/points/paid`,
        failUrl: `${location.origin}/points/paid`,
      }),
  });
  useComeback(leave.reset);
  const submit = handleSubmit((fields) => leave.mutate(amountOf(fields.amount)));
  return (
    <form className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
      <div className={styles.quick}>
        {QUICK.map((quick) => (
          <Button
            key={quick}
            aria-pressed={quick === amount}
            onClick={() => setValue("amount", String(quick), { shouldValidate: true })}
          >
            {points(quick)}
          </Button>
        ))}
      </div>
      <Field
        label={t("points.amount")}
        inputMode="numeric"
        autoComplete="off"
        error={formState.errors.amount && t("points.amountWrong", { most: points(MOST) })}
        {...register("amount", { validate: (text) => isAmount(amountOf(text)) })}
      />
      {leave.error instanceof PaymentClosed && <Notice kind="info">{t("points.closed")}</Notice>}
      {leave.error && !(leave.error instanceof PaymentClosed) && <ProblemNotice error={leave.error} />}
      <Button type="submit" kind="primary" wide busy={leave.isPending}>
        {isAmount(amount) ? t("points.pay", { price: money(amount, "KRW") }) : t("points.payAny")}
      </Button>
    </form>
  );
}
