//! `GET /points`

use payments::lookup::Lookup;
use payments_functions::{Setup, get_points};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let setup = Setup::start().await;
    let app = Lookup::new(setup.store()?);
    kit::http::run("get-points", |call| get_points::handle(&app, call)).await
}
