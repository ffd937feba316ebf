//! `GET /seats/events/{eventId}`

use booking_functions::{App, get_seat_map};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = App::from_env().await?;
    kit::http::run("get-seat-map", |call| get_seat_map::handle(&app, call)).await
}
