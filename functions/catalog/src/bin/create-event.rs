//! `POST /admin/events`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::with_images_from_env().await?;
    kit::http::run("create-event", |call| catalog_functions::create_event::handle(&app, call)).await
}
