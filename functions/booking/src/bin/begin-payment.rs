//! Invoked by `request-payment` with a `BeginPayment`; answers a `PaymentStart`.

use booking_functions::{App, begin_payment};
use contracts::booking::BeginPayment;
use lambda_runtime::{LambdaEvent, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    kit::telemetry::init();
    let app = &App::from_env().await?;
    let answer = |event: LambdaEvent<BeginPayment>| begin_payment::handle(app, event.payload);
    lambda_runtime::run(service_fn(answer)).await
}
