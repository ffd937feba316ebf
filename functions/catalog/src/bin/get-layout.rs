//! `GET /seats/layouts/{layoutId}`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::from_env().await?;
    kit::http::run("get-layout", |call| catalog_functions::get_layout::handle(&app, call)).await
}
