//! CloudFormation custom resource `Custom::SigningKey`.

use identity_functions::provision_signing_key::{Provisioner, Request, Settings};
use lambda_runtime::{LambdaEvent, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    kit::telemetry::init();
    let provisioner = Provisioner::new(&kit::aws::config().await, Settings::from_env());
    let provisioner = &provisioner;
    lambda_runtime::run(service_fn(move |event: LambdaEvent<Request>| async move {
        let deadline = event.context.deadline();
        provisioner.handle(event.payload, deadline).await.map_err(lambda_runtime::Error::from)
    }))
    .await
}
