//! Route `leave-queue`.

use realtime::changes::Nobody;
use realtime::rooms::Rooms;
use realtime_functions::{Setup, leave_queue_room, socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let desk = Setup::start().await.desk()?;
    let rooms = Rooms::new(desk.store.clone(), Nobody);
    socket::run("leave-queue-room", &desk, async |call| leave_queue_room::handle(&rooms, call).await).await
}
