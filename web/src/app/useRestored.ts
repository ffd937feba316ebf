import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { refresh } from "../session/refresh";
import { useSession } from "../session/useSession";

/** Asks until it is known who is here; the answer says how that goes. */
export function useRestored(): UseQueryResult<string> {
  const session = useSession();
  return useQuery({
    queryKey: ["session"],
    queryFn: async () => (await refresh()).status,
    enabled: session.status === "restoring",
    gcTime: 0,
  });
}
