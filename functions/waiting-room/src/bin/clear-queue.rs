//! `POST /queue/admin/clear/{eventId}`

use waiting_room_functions::{Setup, clear_queue};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let store = Setup::from_env().await.store()?;
    kit::http::run("clear-queue", |call| clear_queue::handle(&store, call)).await
}
