//! `GET /queue/admin/{eventId}`

use waiting_room_functions::{Setup, get_queue};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let store = Setup::from_env().await.store()?;
    kit::http::run("get-queue", |call| get_queue::handle(&store, call)).await
}
