//! Worker behind the queue `popularity`.

use catalog_functions::{App, apply_popularity};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = App::from_env().await?;
    kit::worker::run_messages("apply-popularity", |popularity| apply_popularity::handle(&app, popularity)).await
}
