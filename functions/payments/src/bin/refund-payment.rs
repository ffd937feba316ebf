//! Worker behind the queue `refunds`.

use payments_functions::{Setup, refund_payment};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let setup = Setup::start().await;
    let app = setup.settlement().await?;
    kit::worker::run("refund-payment", |delivery| refund_payment::handle(&app, delivery)).await
}
