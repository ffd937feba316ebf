//! Route `join-seat-selection`.

use realtime::rooms::Rooms;
use realtime_functions::{Setup, join_seat_selection, socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let setup = Setup::start().await;
    let desk = setup.desk()?;
    let rooms = Rooms::new(desk.store.clone(), setup.changes()?);
    socket::run("join-seat-selection", &desk, async |call| join_seat_selection::handle(&rooms, call).await).await
}
