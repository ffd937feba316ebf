//! Worker behind the queue `steering`.

use waiting_room_functions::{Setup, steer_queues};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let setup = Setup::from_env().await;
    let (store, outbox) = (setup.store()?, setup.outbox()?);
    kit::worker::run_messages("steer-queues", |round| steer_queues::handle(&store, &outbox, round)).await
}
