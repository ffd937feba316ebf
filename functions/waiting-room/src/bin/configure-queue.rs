//! `PUT /queue/admin/{eventId}`

use waiting_room_functions::{Setup, configure_queue};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let store = Setup::from_env().await.store()?;
    kit::http::run("configure-queue", |call| configure_queue::handle(&store, call)).await
}
