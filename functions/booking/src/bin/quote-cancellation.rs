//! `GET /reservations/{reservationId}/cancellation-quote`

use booking_functions::{App, quote_cancellation};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = App::from_env().await?;
    kit::http::run("quote-cancellation", |call| quote_cancellation::handle(&app, call)).await
}
