//! `DELETE /seats/reservation/{reservationId}`

use booking_functions::{App, release_hold};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = App::from_env().await?;
    kit::http::run("release-hold", |call| release_hold::handle(&app, call)).await
}
