import { Page } from "../../ui/Page";

export default function AnnouncementPage() {
  return <Page title="AnnouncementPage">{null}</Page>;
}
