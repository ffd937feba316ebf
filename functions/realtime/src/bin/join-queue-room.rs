//! Route `join-queue`.

use realtime::changes::Nobody;
use realtime::rooms::Rooms;
use realtime_functions::{Setup, join_queue_room, socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let setup = Setup::start().await;
    let (desk, tickets) = (setup.desk()?, setup.tickets().await?);
    let rooms = Rooms::new(desk.store.clone(), Nobody);
    socket::run("join-queue-room", &desk, async |call| join_queue_room::handle(&rooms, &tickets, call).await).await
}
