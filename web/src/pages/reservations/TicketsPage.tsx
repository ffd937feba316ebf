import { Page } from "../../ui/Page";

export default function TicketsPage() {
  return <Page title="TicketsPage">{null}</Page>;
}
