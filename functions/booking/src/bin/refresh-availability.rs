//! Worker behind the stream of the booking table; operators invoke it with `{"eventId"}`.

use booking_functions::{App, refresh_availability};
use jiff::Timestamp;
use lambda_runtime::{LambdaEvent, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    kit::telemetry::init();
    let app = &App::from_env().await?;
    lambda_runtime::run(service_fn(move |batch: LambdaEvent<_>| async move {
        refresh_availability::handle(app, batch.payload, Timestamp::now()).await
    }))
    .await
}
