//! Invoked every hour: keeps what the search knows.

use catalog_functions::snapshot_search_index::{Worker, handle};
use kit::worker::chain;
use lambda_runtime::{Diagnostic, LambdaEvent, service_fn};
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    kit::telemetry::init();
    let worker = &Worker::from_env().await?;
    lambda_runtime::run(service_fn(move |_: LambdaEvent<Value>| async move {
        handle(worker)
            .await
            .map_err(|error| Diagnostic { error_type: "NoSnapshot".to_owned(), error_message: chain(&error) })
    }))
    .await
}
