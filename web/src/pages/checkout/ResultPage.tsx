import { Page } from "../../ui/Page";

export default function ResultPage() {
  return <Page title="ResultPage">{null}</Page>;
}
