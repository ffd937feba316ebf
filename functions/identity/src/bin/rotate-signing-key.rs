//! Invoked every day, and by operators: moves the rotation of the signing key on.

use identity_functions::rotate_signing_key::{Request, handle};
use kit::worker::chain;
use lambda_runtime::{Diagnostic, LambdaEvent, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    kit::telemetry::init();
    let rotation = identity_functions::rotation_from_env().await?;
    let rotation = &rotation;
    lambda_runtime::run(service_fn(move |event: LambdaEvent<Request>| async move {
        handle(rotation, event.payload)
            .await
            .map_err(|error| Diagnostic { error_type: "KeyNotRotated".to_owned(), error_message: chain(&error) })
    }))
    .await
}
