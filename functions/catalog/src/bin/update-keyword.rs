//! `PATCH /admin/keywords/{keywordId}`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::from_env().await?;
    kit::http::run("update-keyword", |call| catalog_functions::update_keyword::handle(&app, call)).await
}
