//! `DELETE /admin/keywords/{keywordId}`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::from_env().await?;
    kit::http::run("remove-keyword", |call| catalog_functions::remove_keyword::handle(&app, call)).await
}
