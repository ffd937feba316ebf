import { Page } from "../../ui/Page";

export default function ReservationPage() {
  return <Page title="ReservationPage">{null}</Page>;
}
