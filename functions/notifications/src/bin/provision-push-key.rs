//! CloudFormation custom resource `Custom::PushKey`.

use lambda_runtime::{LambdaEvent, service_fn};
use notifications_functions::provision_push_key::{Provisioner, Request};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    kit::telemetry::init();
    let provisioner = Provisioner::from_env(&kit::aws::config().await);
    let provisioner = &provisioner;
    lambda_runtime::run(service_fn(move |event: LambdaEvent<Request>| async move {
        let deadline = event.context.deadline();
        provisioner.handle(event.payload, deadline).await.map_err(lambda_runtime::Error::from)
    }))
    .await
}
