//! `POST /notifications/{notificationId}/read`

use notifications_functions::{mark_notification_read, setup};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let store = setup::store().await?;
    kit::http::run("mark-notification-read", |call| mark_notification_read::handle(&store, call)).await
}
