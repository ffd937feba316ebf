//! `GET /queue/status/{eventId}`

use waiting_room_functions::{Setup, get_queue_status};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let watch = Setup::from_env().await.watch().await?;
    kit::http::run("get-queue-status", |call| get_queue_status::handle(&watch, call)).await
}
