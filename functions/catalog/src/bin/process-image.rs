//! Worker behind the queue `image-uploads`.

use std::convert::Infallible;

use catalog_functions::process_image::{Worker, handle};
use lambda_runtime::{LambdaEvent, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    kit::telemetry::init();
    let worker = &Worker::from_env().await?;
    lambda_runtime::run(service_fn(move |batch: LambdaEvent<_>| async move {
        Ok::<_, Infallible>(handle(worker, batch.payload).await)
    }))
    .await
}
