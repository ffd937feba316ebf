import "../ui/tokens.css";
import { preferredLanguage, textsOf } from "../i18n/languages";
import { loadAhead } from "./pageFiles";

// What comes first is small, so that everything else comes at the same time: the application, the texts, the page and
// what it shows, which would otherwise be asked for by one another.
import("./start")
  .then(({ started }) => started)
  .catch(() => document.getElementById("sorry")?.removeAttribute("hidden"));
textsOf(preferredLanguage()).catch(() => undefined);
loadAhead(location.pathname);
