//! Worker behind the queue `reservations`.

use booking_functions::{App, settle_reservation};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = App::from_env().await?;
    kit::worker::run("settle-reservation", |delivery| settle_reservation::handle(&app, delivery)).await
}
