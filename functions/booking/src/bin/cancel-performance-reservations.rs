//! Worker behind the queue `cancellations`.

use booking_functions::{App, cancel_performance_reservations};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = App::from_env().await?;
    kit::worker::run("cancel-performance-reservations", |delivery| {
        cancel_performance_reservations::handle(&app, delivery)
    })
    .await
}
