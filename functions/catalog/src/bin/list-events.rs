//! `GET /events`

use catalog_functions::list_events::{Finder, handle};
use jiff::Timestamp;

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    kit::telemetry::init();
    let finder = Finder::from_env().await?;
    // While the function starts it has a whole core, and nobody's request waits for an answer longer than it does for the
    // function.
    finder.search.warm_up(Timestamp::now()).await;
    kit::http::run("list-events", |call| handle(&finder, call)).await
}
