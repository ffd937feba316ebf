import { Suspense } from "react";
import { useLocation } from "react-router";
import { Loading } from "../ui/Loading";
import { Crash } from "./Crash";
import { Pages } from "./Pages";
import { Shell } from "./Shell";

/** The application: what is on every page, and the page. */
export function App() {
  const { pathname } = useLocation();
  return (
    <Crash>
      <Shell>
        <Crash at={pathname}>
          <Suspense fallback={<Loading />}>
            <Pages />
          </Suspense>
        </Crash>
      </Shell>
    </Crash>
  );
}
