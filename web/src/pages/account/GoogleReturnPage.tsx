import { Page } from "../../ui/Page";

export default function GoogleReturnPage() {
  return <Page title="GoogleReturnPage">{null}</Page>;
}
