import { Page } from "../../ui/Page";

export default function PointsReturnPage() {
  return <Page title="PointsReturnPage">{null}</Page>;
}
