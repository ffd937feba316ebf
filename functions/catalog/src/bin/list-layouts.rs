//! `GET /seats/layouts`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::from_env().await?;
    kit::http::run("list-layouts", |call| catalog_functions::list_layouts::handle(&app, call)).await
}
