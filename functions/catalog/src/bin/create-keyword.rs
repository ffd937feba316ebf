//! `POST /admin/keywords`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::from_env().await?;
    kit::http::run("create-keyword", |call| catalog_functions::create_keyword::handle(&app, call)).await
}
