//! `GET /events`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::from_env().await?;
    kit::http::run("list-events", |call| catalog_functions::list_events::handle(&app, call)).await
}
