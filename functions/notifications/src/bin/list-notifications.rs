//! `GET /notifications`

use notifications_functions::{list_notifications, setup};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let store = setup::store().await?;
    kit::http::run("list-notifications", |call| list_notifications::handle(&store, call)).await
}
