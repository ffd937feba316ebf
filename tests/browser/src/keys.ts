import { expect, type Locator, type Page } from "@playwright/test";

// Nobody tabs further than this for the next thing to do.
const MOST_TABS = 60;

/** Uses a page as somebody does who has no pointer: Tab until the focus is there, then a key. */
export class Keys {
  constructor(private readonly page: Page) {}

  /** Brings the focus to an element, and sees that one can see it there. */
  async to(target: Locator, { backwards = false } = {}): Promise<void> {
    await expect(target).toBeVisible();
    for (let tabs = 0; !(await hasFocus(target)); tabs += 1) {
      if (tabs === MOST_TABS) throw new Error(`not reached by ${MOST_TABS} tabs: ${target}`);
      await this.page.keyboard.press(backwards ? "Shift+Tab" : "Tab");
    }
    expect(await isMarked(target), `the focus can be seen on ${target}`).toBe(true);
  }

  /** Presses an element with the keyboard. */
  async press(target: Locator, { key = "Enter", backwards = false } = {}): Promise<void> {
    await this.to(target, { backwards });
    await this.page.keyboard.press(key);
  }
}

function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}

// Either an outline or a shadow stands for the focus: of the element, of a box around it, or of what makes it larger.
function isMarked(target: Locator): Promise<boolean> {
  return target.evaluate((element) => {
    const isMark = ({ outlineStyle, outlineWidth, boxShadow }: CSSStyleDeclaration) =>
      (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
    if (isMark(getComputedStyle(element, "::after"))) return true;
    for (let box: Element | null = element; box !== null && box.tagName !== "MAIN"; box = box.parentElement) {
      if (isMark(getComputedStyle(box))) return true;
    }
    return element.nextElementSibling !== null && isMark(getComputedStyle(element.nextElementSibling));
  });
}
