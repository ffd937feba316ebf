import { lazy } from "react";
import { Route, Routes } from "react-router";
import { ABOUT_ONESELF, FOR_ALL, type PageFile } from "./pageFiles";
import { SignedIn } from "./SignedIn";

const forAll = FOR_ALL.map(routeOf);
const aboutOneself = ABOUT_ONESELF.map(routeOf);

/** Which page an address shows. Those that are about oneself are for people who are logged in. */
export function Pages() {
  return (
    <Routes>
      {forAll}
      <Route element={<SignedIn />}>{aboutOneself}</Route>
    </Routes>
  );
}

function routeOf({ path, load }: PageFile) {
  const Page = lazy(load);
  return <Route key={path} path={path} element={<Page />} />;
}
