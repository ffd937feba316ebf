//! Worker behind the stream of the booking table; operators invoke it with `{"eventId"}`.

use booking::queues::SqsOutlets;
use booking_functions::{App, refresh_availability};
use jiff::Timestamp;
use kit::env::required;
use lambda_runtime::{LambdaEvent, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    kit::telemetry::init();
    let config = kit::aws::config().await;
    let app = &App::over(&config)?;
    let client = aws_sdk_sqs::Client::new(&config);
    let outlets = &SqsOutlets::new(client, required("LIVE_CHANGES_QUEUE_URL")?, required("SEATS_LEFT_QUEUE_URL")?);
    lambda_runtime::run(service_fn(move |batch: LambdaEvent<_>| async move {
        refresh_availability::handle(app, outlets, batch.payload, Timestamp::now()).await
    }))
    .await
}
