//! Worker behind the streams of the identity, catalog, booking and payments tables.

use insights_functions::{App, append_events};
use jiff::Timestamp;
use lambda_runtime::{LambdaEvent, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    kit::telemetry::init();
    let app = &App::from_env().await?;
    lambda_runtime::run(service_fn(move |batch: LambdaEvent<_>| async move {
        append_events::handle(&app.append, batch.payload, Timestamp::now()).await.map_err(lambda_runtime::Error::from)
    }))
    .await
}
