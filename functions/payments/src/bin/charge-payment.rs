//! Worker behind the queue `payments`: charges, and looks once more at what failed.

use payments_functions::{Setup, charge_payment};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let setup = Setup::start().await;
    let app = setup.settlement().await?;
    kit::worker::run("charge-payment", |delivery| charge_payment::handle(&app, delivery)).await
}
