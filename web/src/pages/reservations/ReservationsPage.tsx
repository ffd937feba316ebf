import { Page } from "../../ui/Page";

export default function ReservationsPage() {
  return <Page title="ReservationsPage">{null}</Page>;
}
