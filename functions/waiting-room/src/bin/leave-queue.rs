//! `POST /queue/leave/{eventId}`

use waiting_room_functions::{Setup, leave_queue};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let store = Setup::from_env().await.store()?;
    kit::http::run("leave-queue", |call| leave_queue::handle(&store, call)).await
}
