//! `POST /admin/events/{eventId}/unpublish`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::with_images_from_env().await?;
    kit::http::run("unpublish-event", |call| catalog_functions::unpublish_event::handle(&app, call)).await
}
