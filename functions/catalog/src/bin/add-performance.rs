//! `POST /admin/events/{eventId}/performances`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::from_env().await?;
    kit::http::run("add-performance", |call| catalog_functions::add_performance::handle(&app, call)).await
}
