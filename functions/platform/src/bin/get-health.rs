//! `GET /health`

use platform_functions::get_health;

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let version = &get_health::version();
    kit::http::run("get-health", |call| async move { get_health::handle(version, &call) }).await
}
