//! Worker behind the queue `seats-left`.

use waiting_room_functions::{Setup, apply_seats_left};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let store = Setup::from_env().await.store()?;
    kit::worker::run_messages("apply-seats-left", |left| apply_seats_left::handle(&store, left)).await
}
