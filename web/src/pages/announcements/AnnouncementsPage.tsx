import { Page } from "../../ui/Page";

export default function AnnouncementsPage() {
  return <Page title="AnnouncementsPage">{null}</Page>;
}
