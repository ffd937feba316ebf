import { Page } from "../../ui/Page";

export default function PaymentReturnPage() {
  return <Page title="PaymentReturnPage">{null}</Page>;
}
