//! `PATCH /admin/events/{eventId}/performances/{performanceId}`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::from_env().await?;
    kit::http::run("update-performance", |call| catalog_functions::update_performance::handle(&app, call)).await
}
