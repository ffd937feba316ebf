//! `DELETE /admin/events/{eventId}/performances/{performanceId}`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::from_env().await?;
    kit::http::run("remove-performance", |call| catalog_functions::remove_performance::handle(&app, call)).await
}
