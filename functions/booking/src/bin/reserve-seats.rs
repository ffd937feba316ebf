//! `POST /seats/reserve`

use booking_functions::{App, reserve_seats};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = App::from_env().await?;
    kit::http::run("reserve-seats", |call| reserve_seats::handle(&app, call)).await
}
