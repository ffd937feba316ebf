//! Worker behind the streams of the identity, catalog, booking, payments and waiting-room tables.

use insights_functions::{append_events, append_events_from_env};
use jiff::Timestamp;
use lambda_runtime::{LambdaEvent, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    kit::telemetry::init();
    let append = &append_events_from_env().await?;
    lambda_runtime::run(service_fn(move |batch: LambdaEvent<_>| async move {
        append_events::handle(append, batch.payload, Timestamp::now()).await.map_err(lambda_runtime::Error::from)
    }))
    .await
}
