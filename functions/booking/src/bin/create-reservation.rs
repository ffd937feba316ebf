//! `POST /reservations`

use booking_functions::{App, create_reservation};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = App::from_env().await?;
    kit::http::run("create-reservation", |call| create_reservation::handle(&app, call)).await
}
