//! `POST /queue/admin/clear/{eventId}`

use waiting_room_functions::{Setup, clear_queue};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let setup = Setup::from_env().await;
    let (store, outbox) = (setup.store()?, setup.outbox()?);
    kit::http::run("clear-queue", |call| clear_queue::handle(&store, &outbox, call)).await
}
