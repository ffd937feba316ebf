import { useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { api, body } from "../../api/client";
import { asProblem } from "../../api/problem";
import { LANGUAGES, type Language } from "../../i18n/i18n";
import { type User, updateUser } from "../../session/session";
import { Button } from "../../ui/Button";
import { Field, SelectField } from "../../ui/Field";
import { Notice } from "../../ui/Notice";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { isName, showViolations } from "../account/form";
import styles from "./Profile.module.css";

interface Fields {
  name: string;
  locale: Language;
}

/** Changes one's name and the language of one's mails. */
export function ProfileForm({ user }: { user: User }) {
  const { t } = useTranslation(["account", "common"]);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [isSaved, setSaved] = useState(false);
  const { register, handleSubmit, setError, reset, formState } = useForm<Fields>({
    defaultValues: { name: user.name, locale: user.locale },
  });
  const { errors, isSubmitting, isDirty } = formState;

  const submit = handleSubmit(async ({ name, locale }) => {
    setRefusal(null);
    setSaved(false);
    try {
      const change = { name: name.trim(), locale, version: user.version };
      show(body(await api.PATCH("/users/me", { body: change })));
      setSaved(true);
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === "version_conflict") await reload();
      if (!showViolations(problem, { name: t("account:field.nameWrong") }, setError)) setRefusal(problem);
    }
  });
  const show = (now: User) => {
    updateUser(now);
    reset({ name: now.name, locale: now.locale });
  };
  // Somebody changed it on another device: what it is now, to be looked at before it is changed again.
  const reload = async () => {
    const { data } = await api.GET("/users/me").catch(() => ({ data: undefined }));
    if (data !== undefined) show(data);
  };

  return (
    <form className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
      {isSaved && !isDirty && <Notice kind="good">{t("common:state.saved")}</Notice>}
      {refusal !== null && (
        <ProblemNotice error={refusal} texts={{ version_conflict: t("account:profile.changed") }} />
      )}
      <Field
        label={t("account:field.name")}
        autoComplete="name"
        error={errors.name && t("account:field.nameWrong")}
        {...register("name", { validate: isName })}
      />
      <SelectField
        label={t("account:profile.locale")}
        hint={t("account:profile.localeHint")}
        {...register("locale")}
      >
        {LANGUAGES.map((tag) => (
          <option key={tag} value={tag} lang={tag}>
            {t(`account:profile.language.${tag}`)}
          </option>
        ))}
      </SelectField>
      <div>
        <Button type="submit" kind="primary" busy={isSubmitting} disabled={!isDirty}>
          {t("common:action.save")}
        </Button>
      </div>
    </form>
  );
}
