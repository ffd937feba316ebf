import { useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { serverNow } from "../../api/clock";
import { asProblem, type Problem } from "../../api/problem";
import { logIn } from "../../session/logIn";
import { Field, PasswordField } from "../../ui/Field";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { Entrance, Otherwise, useNext } from "./Entrance";
import styles from "./Entrance.module.css";
import { looksLikeEmail } from "./form";
import { GoogleButton } from "./GoogleButton";
import { SubmitButton } from "./SubmitButton";

interface Fields {
  email: string;
  password: string;
}

/** Logging in with e-mail and password, or through Google. */
export default function LogInPage() {
  const { t } = useTranslation("account");
  const next = useNext();
  const [refusal, setRefusal] = useState<{ problem: Problem; waitUntil: number | null } | null>(null);
  const { register, handleSubmit, setFocus, formState } = useForm<Fields>();
  const { errors, isSubmitting } = formState;

  const submit = handleSubmit(async ({ email, password }) => {
    setRefusal(null);
    try {
      await logIn({ email: email.trim(), password });
    } catch (error) {
      const problem = asProblem(error);
      const wait = problem.status === 429 ? problem.retryAfterSeconds : null;
      setRefusal({ problem, waitUntil: wait === null ? null : serverNow() + wait * 1000 });
      setFocus("password", { shouldSelect: true });
    }
  });

  return (
    <Entrance title={t("logIn.title")}>
      <form className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
        {refusal && (
          <ProblemNotice
            error={refusal.problem}
            texts={{
              invalid_credentials: t("logIn.wrong"),
              too_many_attempts: t("logIn.tooMany"),
              validation_failed: t("logIn.wrong"),
            }}
          />
        )}
        <Field
          label={t("field.email")}
          type="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck="false"
          error={errors.email && t("field.emailWrong")}
          {...register("email", { validate: looksLikeEmail })}
        />
        <PasswordField
          label={t("field.password")}
          autoComplete="current-password"
          error={errors.password && t("field.passwordMissing")}
          {...register("password", { required: true })}
        />
        <SubmitButton busy={isSubmitting} waitUntil={refusal?.waitUntil ?? null}>
          {t("logIn.submit")}
        </SubmitButton>
      </form>
      <GoogleButton next={next} />
      <Otherwise question={t("logIn.noAccount")}>
        <Link to={`/register?${new URLSearchParams({ next })}`}>{t("logIn.toRegister")}</Link>
      </Otherwise>
    </Entrance>
  );
}
