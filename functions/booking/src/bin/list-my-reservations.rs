//! `GET /reservations/my`

use booking_functions::{App, list_my_reservations};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = App::from_env().await?;
    kit::http::run("list-my-reservations", |call| list_my_reservations::handle(&app, call)).await
}
