//! `POST /admin/layouts`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::from_env().await?;
    kit::http::run("create-layout", |call| catalog_functions::create_layout::handle(&app, call)).await
}
