//! Route `$disconnect`.

use jiff::Timestamp;
use lambda_runtime::{LambdaEvent, service_fn};
use realtime_functions::{Setup, disconnect_client};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    kit::telemetry::init();
    let setup = Setup::start().await;
    let (desk, changes) = (&setup.desk()?, &setup.changes()?);
    lambda_runtime::run(service_fn(move |event: LambdaEvent<_>| async move {
        disconnect_client::handle(desk, changes, event.payload, Timestamp::now()).await
    }))
    .await
}
