//! Invoked by operators: builds the read models of sales anew.

use insights_functions::replay_events::{Request, handle, until};
use kit::worker::chain;
use lambda_runtime::{Diagnostic, LambdaEvent, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    kit::telemetry::init();
    let replay = insights_functions::replay_from_env().await?;
    let replay = &replay;
    lambda_runtime::run(service_fn(move |event: LambdaEvent<Request>| async move {
        let deadline = event.context.deadline;
        handle(replay, event.payload, || until(deadline))
            .await
            .map_err(|error| Diagnostic { error_type: "NotReplayed".to_owned(), error_message: chain(&error) })
    }))
    .await
}
