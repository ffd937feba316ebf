//! `GET /payments/{paymentId}`

use payments::lookup::Lookup;
use payments_functions::{Setup, get_payment};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let setup = Setup::start().await;
    let app = Lookup::new(setup.store()?);
    kit::http::run("get-payment", |call| get_payment::handle(&app, call)).await
}
