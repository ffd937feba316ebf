//! `POST /seats/reserve`

use booking_functions::{App, admission_tokens, reserve_seats};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let config = kit::aws::config().await;
    let (app, tokens) = (App::over(&config)?, admission_tokens(&config)?);
    app.connect().await;
    kit::http::run("reserve-seats", |call| reserve_seats::handle(&app, &tokens, call)).await
}
