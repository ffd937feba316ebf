//! `POST /admin/events/{eventId}/performances/{performanceId}/cancel`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::from_env().await?;
    kit::http::run("cancel-performance", |call| catalog_functions::cancel_performance::handle(&app, call)).await
}
