//! `GET /events/{eventId}/dates`

use booking_functions::{App, get_bookable_dates};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = App::from_env().await?;
    kit::http::run("get-bookable-dates", |call| get_bookable_dates::handle(&app, call)).await
}
