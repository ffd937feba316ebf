//! Worker behind the queue `notifications`.

use notifications_functions::{App, send_notification};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = App::from_env().await?;
    kit::worker::run("send-notification", |delivery| Box::pin(send_notification::handle(&app.notify, delivery))).await
}
