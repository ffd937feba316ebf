//! `POST /admin/events/{eventId}/cancel`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::with_images_from_env().await?;
    kit::http::run("cancel-event", |call| catalog_functions::cancel_event::handle(&app, call)).await
}
