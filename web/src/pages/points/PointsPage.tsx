import { Page } from "../../ui/Page";

export default function PointsPage() {
  return <Page title="PointsPage">{null}</Page>;
}
