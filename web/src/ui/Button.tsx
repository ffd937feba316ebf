import type { ComponentProps, ReactNode } from "react";
import { Link, type LinkProps } from "react-router";
import styles from "./Button.module.css";
import { Spinner } from "./Spinner";

interface Look {
  /** `primary` for the one thing to do next, `danger` for what cannot be undone. */
  kind?: "primary" | "secondary" | "quiet" | "danger";
  /** As wide as what it stands in. */
  wide?: boolean;
}

interface ButtonProps extends ComponentProps<"button">, Look {
  /** While true the button says so and does nothing: a second press is not a second order. */
  busy?: boolean;
  children: ReactNode;
}

/** A button. */
export function Button({ kind = "secondary", wide, busy = false, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={look({ kind, wide: wide ?? false })}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
    >
      {busy && <Spinner />}
      {children}
    </button>
  );
}

/** A link that looks like a button, since it is what to do next. */
export function ButtonLink({ kind = "primary", wide, ...rest }: LinkProps & Look) {
  return <Link {...rest} className={look({ kind, wide: wide ?? false })} />;
}

function look({ kind, wide }: Required<Look>): string {
  return [styles.button, styles[kind], wide && styles.wide].filter(Boolean).join(" ");
}
