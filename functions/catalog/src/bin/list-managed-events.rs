//! `GET /admin/events`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::from_env().await?;
    kit::http::run("list-managed-events", |call| catalog_functions::list_managed_events::handle(&app, call)).await
}
