import { useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { asProblem } from "../../api/problem";
import { register as openAccount } from "../../session/logIn";
import { Field, PasswordField } from "../../ui/Field";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { Entrance, Otherwise, useNext } from "./Entrance";
import styles from "./Entrance.module.css";
import { isAcceptablePassword, isName, looksLikeEmail, showViolations } from "./form";
import { GoogleButton } from "./GoogleButton";
import { SubmitButton } from "./SubmitButton";

interface Fields {
  name: string;
  email: string;
  password: string;
}

/** Opening an account. */
export default function RegisterPage() {
  const { t } = useTranslation("account");
  const next = useNext();
  const logInLink = `/login?${new URLSearchParams({ next })}`;
  const [refusal, setRefusal] = useState<unknown>(null);
  const { register, handleSubmit, setError, formState } = useForm<Fields>();
  const { errors, isSubmitting } = formState;

  const submit = handleSubmit(async ({ name, email, password }) => {
    setRefusal(null);
    try {
      await openAccount({ name: name.trim(), email: email.trim(), password });
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === "email_taken") setError("email", { type: "taken" }, { shouldFocus: true });
      else if (!showViolations(problem, violations, setError)) setRefusal(problem);
    }
  });
  const violations = {
    name: t("field.nameWrong"),
    email: t("field.emailWrong"),
    password: t("field.passwordWrong"),
  };

  return (
    <Entrance title={t("register.title")}>
      <form className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
        {refusal !== null && <ProblemNotice error={refusal} />}
        <Field
          label={t("field.name")}
          autoComplete="name"
          error={errors.name && violations.name}
          {...register("name", { validate: isName })}
        />
        <Field
          label={t("field.email")}
          hint={t("register.emailHint")}
          type="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck="false"
          error={
            errors.email?.type === "taken" ? (
              <>
                {t("register.taken")} <Link to={logInLink}>{t("register.takenLogIn")}</Link>
              </>
            ) : (
              errors.email && violations.email
            )
          }
          {...register("email", { validate: looksLikeEmail })}
        />
        <PasswordField
          label={t("field.password")}
          hint={t("field.passwordRules")}
          autoComplete="new-password"
          error={errors.password && violations.password}
          {...register("password", { validate: isAcceptablePassword })}
        />
        <SubmitButton busy={isSubmitting}>{t("register.submit")}</SubmitButton>
      </form>
      <GoogleButton next={next} />
      <Otherwise question={t("register.hasAccount")}>
        <Link to={logInLink}>{t("logIn.title")}</Link>
      </Otherwise>
    </Entrance>
  );
}
