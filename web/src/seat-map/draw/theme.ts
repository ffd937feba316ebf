import { CLASS_COLOURS } from "../looks";

/** The tokens of `ui/tokens.css` that the canvas paints with. */
export interface Theme {
  readonly ink: string;
  readonly inkSoft: string;
  readonly paper: string;
  readonly paperSoft: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly accent: string;
  readonly bad: string;
  readonly stage: string;
  readonly classes: readonly string[];
  readonly font: string;
}

/** Reads the tokens as they apply to an element. */
export function themeOf(element: Element): Theme {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: token("ink"),
    inkSoft: token("ink-soft"),
    paper: token("paper"),
    paperSoft: token("paper-soft"),
    line: token("line"),
    lineStrong: token("line-strong"),
    accent: token("accent"),
    bad: token("bad"),
    stage: token("stage"),
    classes: Array.from({ length: CLASS_COLOURS }, (_, index) => token(`class-${index}`)),
    font: style.fontFamily,
  };
}
