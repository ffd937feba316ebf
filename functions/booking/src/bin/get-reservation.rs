//! `GET /reservations/{reservationId}`

use booking_functions::{App, get_reservation};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = App::from_env().await?;
    kit::http::run("get-reservation", |call| get_reservation::handle(&app, call)).await
}
