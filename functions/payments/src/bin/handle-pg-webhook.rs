//! `POST /payments/webhook`

use payments_functions::{Setup, handle_pg_webhook};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let setup = Setup::start().await;
    let app = setup.settlement().await?;
    kit::http::run("handle-pg-webhook", |call| handle_pg_webhook::handle(&app, call)).await
}
