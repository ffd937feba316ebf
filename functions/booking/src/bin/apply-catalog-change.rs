//! Worker behind the queue `catalog-changes`.

use booking_functions::{App, apply_catalog_change};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = App::from_env().await?;
    kit::worker::run("apply-catalog-change", |delivery| apply_catalog_change::handle(&app, delivery)).await
}
