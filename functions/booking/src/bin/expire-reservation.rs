//! Worker behind the queue `expirations`.

use booking_functions::{App, expire_reservation};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = App::from_env().await?;
    kit::worker::run("expire-reservation", |delivery| expire_reservation::handle(&app, delivery)).await
}
