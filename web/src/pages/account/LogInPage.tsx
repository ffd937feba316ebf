import { Page } from "../../ui/Page";

export default function LogInPage() {
  return <Page title="LogInPage">{null}</Page>;
}
