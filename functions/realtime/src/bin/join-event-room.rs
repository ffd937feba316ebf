//! Route `join-event`.

use realtime::rooms::Rooms;
use realtime_functions::{Setup, join_event_room, socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let setup = Setup::start().await;
    let desk = setup.desk()?;
    let rooms = Rooms::new(desk.store.clone(), setup.changes()?);
    socket::run("join-event-room", &desk, async |call| join_event_room::handle(&rooms, call).await).await
}
