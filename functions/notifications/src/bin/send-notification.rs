//! Worker behind the queue `notifications`.

use notifications_functions::{send_notification, setup};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let notify = setup::notify().await?;
    kit::worker::run("send-notification", |delivery| Box::pin(send_notification::handle(&notify, delivery))).await
}
