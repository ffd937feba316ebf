//! `GET /notifications/push-key`

use kit::env::required;
use notifications_functions::get_push_key;

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let public_key = required("PUSH_PUBLIC_KEY")?;
    kit::http::run("get-push-key", |call| get_push_key::handle(&public_key, call)).await
}
