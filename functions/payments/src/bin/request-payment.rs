//! `POST /payments`

use payments::request::RequestPayment;
use payments_functions::{Setup, request_payment};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let setup = Setup::start().await;
    let app = RequestPayment::new(setup.store()?, setup.reservations()?);
    kit::http::run("request-payment", |call| request_payment::handle(&app, call)).await
}
