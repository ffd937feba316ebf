//! `POST /reservations`

use booking_functions::{App, admission_tokens, create_reservation};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let config = kit::aws::config().await;
    let (app, tokens) = (App::over(&config)?, admission_tokens(&config)?);
    app.connect().await;
    kit::http::run("create-reservation", |call| create_reservation::handle(&app, &tokens, call)).await
}
