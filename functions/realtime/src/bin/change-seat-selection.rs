//! Route `seat-selection-changed`.

use realtime::rooms::Rooms;
use realtime_functions::{Setup, change_seat_selection, socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let setup = Setup::start().await;
    let desk = setup.desk()?;
    let rooms = Rooms::new(desk.store.clone(), setup.changes()?);
    socket::run("change-seat-selection", &desk, async |call| change_seat_selection::handle(&rooms, call).await).await
}
