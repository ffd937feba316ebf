import "i18next";
import type { Texts } from "./en";

// Keys are checked by the compiler: a text that is not there does not compile.
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: Texts;
    returnNull: false;
  }
}
