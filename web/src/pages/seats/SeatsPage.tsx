import { Page } from "../../ui/Page";

export default function SeatsPage() {
  return <Page title="SeatsPage">{null}</Page>;
}
