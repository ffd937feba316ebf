//! `GET /seats/reservation/{reservationId}`

use booking_functions::{App, get_hold};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = App::from_env().await?;
    kit::http::run("get-hold", |call| get_hold::handle(&app, call)).await
}
