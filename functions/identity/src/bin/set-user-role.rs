//! Invoked by operators: gives an account a role.

// The type of the whole call, from here down to the AWS client, is deeper than the compiler looks by default.
#![recursion_limit = "256"]

use identity_functions::set_user_role::{Request, handle};
use kit::worker::chain;
use lambda_runtime::{Diagnostic, LambdaEvent, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    kit::telemetry::init();
    let administration = identity_functions::administration_from_env().await?;
    let administration = &administration;
    lambda_runtime::run(service_fn(move |event: LambdaEvent<Request>| async move {
        handle(administration, event.payload)
            .await
            .map_err(|error| Diagnostic { error_type: "RoleNotSet".to_owned(), error_message: chain(&error) })
    }))
    .await
}
