import { Page } from "../../ui/Page";

export default function RegisterPage() {
  return <Page title="RegisterPage">{null}</Page>;
}
