//! `POST /reservations/{reservationId}/cancel`

use booking_functions::{App, cancel_reservation};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = App::from_env().await?;
    kit::http::run("cancel-reservation", |call| cancel_reservation::handle(&app, call)).await
}
