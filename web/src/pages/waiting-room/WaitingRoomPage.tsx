import { Page } from "../../ui/Page";

export default function WaitingRoomPage() {
  return <Page title="WaitingRoomPage">{null}</Page>;
}
