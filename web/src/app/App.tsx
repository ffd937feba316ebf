import { Suspense } from "react";
import { Loading } from "../ui/Loading";
import { Crash } from "./Crash";
import { Pages } from "./Pages";
import { Shell } from "./Shell";

/** The application: what is on every page, and the page. */
export function App() {
  return (
    <Crash>
      <Shell>
        <Suspense fallback={<Loading />}>
          <Pages />
        </Suspense>
      </Shell>
    </Crash>
  );
}
