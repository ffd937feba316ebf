//! `GET /admin/keywords`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::from_env().await?;
    kit::http::run("list-keywords", |call| catalog_functions::list_keywords::handle(&app, call)).await
}
