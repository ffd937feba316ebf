//! Invoked by operators: gives an account a role.

use identity_functions::set_user_role::{Request, handle};
use kit::worker::chain;
use lambda_runtime::{Diagnostic, LambdaEvent, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    kit::telemetry::init();
    let accounts = identity_functions::accounts_from_env().await?;
    let accounts = &accounts;
    lambda_runtime::run(service_fn(move |event: LambdaEvent<Request>| async move {
        handle(accounts, event.payload)
            .await
            .map_err(|error| Diagnostic { error_type: "RoleNotSet".to_owned(), error_message: chain(&error) })
    }))
    .await
}
