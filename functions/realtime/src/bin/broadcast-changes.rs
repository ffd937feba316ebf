//! Worker behind the queue `live-changes`.

use aws_lambda_events::sqs::SqsEvent;
use lambda_runtime::{LambdaEvent, service_fn};
use realtime::broadcast::Broadcast;
use realtime::clock::SystemClock;
use realtime_functions::{Setup, broadcast_changes};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    kit::telemetry::init();
    let setup = Setup::start().await;
    let broadcast = &Broadcast::new(setup.store()?, setup.poster()?, setup.admissions()?, SystemClock);
    lambda_runtime::run(service_fn(move |event: LambdaEvent<SqsEvent>| async move {
        Ok::<_, lambda_runtime::Error>(broadcast_changes::handle(broadcast, event.payload).await)
    }))
    .await
}
