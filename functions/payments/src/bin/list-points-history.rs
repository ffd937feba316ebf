//! `GET /points/history`

use payments::lookup::Lookup;
use payments_functions::{Setup, list_points_history};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let setup = Setup::start().await;
    let app = Lookup::new(setup.store()?);
    kit::http::run("list-points-history", |call| list_points_history::handle(&app, call)).await
}
