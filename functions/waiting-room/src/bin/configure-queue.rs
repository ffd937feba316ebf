//! `PUT /queue/admin/{eventId}`

use waiting_room_functions::{Setup, configure_queue};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let setup = Setup::from_env().await;
    let (store, outbox) = (setup.store()?, setup.outbox()?);
    kit::http::run("configure-queue", |call| configure_queue::handle(&store, &outbox, call)).await
}
