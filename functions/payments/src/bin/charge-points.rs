//! `POST /points/charge`

use payments::points::ChargePoints;
use payments_functions::{Setup, charge_points};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let setup = Setup::start().await;
    let app = ChargePoints::new(setup.store()?);
    kit::http::run("charge-points", |call| charge_points::handle(&app, call)).await
}
