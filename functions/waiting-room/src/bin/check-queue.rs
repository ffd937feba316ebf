//! `POST /queue/check/{eventId}`

use waiting_room_functions::{Setup, check_queue};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let desk = Setup::from_env().await.desk().await?;
    kit::http::run("check-queue", |call| check_queue::handle(&desk, call)).await
}
