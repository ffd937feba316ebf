//! `DELETE /notifications/push-subscriptions/{subscriptionId}`

use notifications_functions::{setup, unsubscribe_from_push};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let store = setup::store().await?;
    kit::http::run("unsubscribe-from-push", |call| unsubscribe_from_push::handle(&store, call)).await
}
