import { lazy } from "react";
import { Route, Routes } from "react-router";
import { Problem } from "../api/problem";
import { ABOUT_ONESELF, FOR_ALL, type PageFile } from "./pageFiles";
import { SignedIn } from "./SignedIn";

let routes = allRoutes();

/** Has pages that could not be loaded asked for anew when somebody goes there again: React asks for each once. */
export function loadAnew(): void {
  routes = allRoutes();
}

/** Which page an address shows. Those that are about oneself are for people who are logged in. */
export function Pages() {
  return <Routes>{routes}</Routes>;
}

function allRoutes() {
  return (
    <>
      {FOR_ALL.map(routeOf)}
      <Route element={<SignedIn />}>{ABOUT_ONESELF.map(routeOf)}</Route>
    </>
  );
}

function routeOf({ path, load }: PageFile) {
  const Page = lazy(() =>
    load().catch(() => {
      throw new Problem(0, "offline");
    }),
  );
  return <Route key={path} path={path} element={<Page />} />;
}
