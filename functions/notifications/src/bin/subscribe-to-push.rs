//! `POST /notifications/push-subscriptions`

use notifications_functions::{setup, subscribe_to_push};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let (services, store) = (setup::push_services()?, setup::store().await?);
    kit::http::run("subscribe-to-push", |call| subscribe_to_push::handle(&store, &services, call)).await
}
