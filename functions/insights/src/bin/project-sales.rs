//! Worker behind the queue `sales`.

use aws_lambda_events::sqs::SqsEvent;
use insights_functions::{project_sales, project_sales_from_env};
use lambda_runtime::{LambdaEvent, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    kit::telemetry::init();
    let project = &project_sales_from_env().await?;
    lambda_runtime::run(service_fn(move |batch: LambdaEvent<SqsEvent>| async move {
        Ok::<_, lambda_runtime::Error>(project_sales::handle(project, batch.payload).await)
    }))
    .await
}
