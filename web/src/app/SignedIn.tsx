import { Navigate, Outlet, useLocation } from "react-router";
import { useSession } from "../session/useSession";
import { Loading } from "../ui/Loading";

/** Lets people who are logged in through; others log in first and come back to where they wanted to go. */
export function SignedIn() {
  const session = useSession();
  const { pathname, search } = useLocation();
  if (session.status === "restoring") return <Loading />;
  if (session.status === "anonymous") {
    // Who has just logged out wants to leave, not to log in again.
    const next =
      session.because === "signed-out" ? "" : `?${new URLSearchParams({ next: pathname + search })}`;
    return <Navigate to={`/login${next}`} replace />;
  }
  return <Outlet />;
}
