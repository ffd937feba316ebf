import { queryOptions } from "@tanstack/react-query";
import { api, body } from "./client";

/** The latest messages of one's inbox. Keys that begin with `mine` are forgotten when somebody else logs in. */
export const inbox = () =>
  queryOptions({
    queryKey: ["mine", "inbox"],
    queryFn: async ({ signal }) => body(await api.GET("/notifications", { signal })),
    staleTime: 30_000,
  });
