//! Route `$connect`.

use jiff::Timestamp;
use lambda_runtime::{LambdaEvent, service_fn};
use realtime_functions::{Setup, connect_client};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    kit::telemetry::init();
    let setup = Setup::start().await;
    let (desk, tokens) = (&setup.desk()?, &setup.access_tokens()?);
    lambda_runtime::run(service_fn(move |event: LambdaEvent<_>| async move {
        Ok::<_, lambda_runtime::Error>(connect_client::handle(desk, tokens, event.payload, Timestamp::now()).await)
    }))
    .await
}
