//! `POST /baseline/seats/reserve`: what `reserve-seats` would be with one item for each seat.

use booking_functions::{App, admission_tokens};
use load::by_item;
use testkit::baseline::Baseline;

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let config = kit::aws::config().await;
    let (app, tokens) = (App::over(&config)?, admission_tokens(&config)?);
    let client = aws_sdk_dynamodb::Client::new(&config);
    let baseline = Baseline::new(client, kit::env::required("BASELINE_TABLE")?);
    kit::http::run(load::stack::BY_ITEM, |call| by_item::handle(&app, &baseline, &tokens, call)).await
}
