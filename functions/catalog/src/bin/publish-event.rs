//! `POST /admin/events/{eventId}/publish`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::with_images_from_env().await?;
    kit::http::run("publish-event", |call| catalog_functions::publish_event::handle(&app, call)).await
}
