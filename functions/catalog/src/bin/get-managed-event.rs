//! `GET /admin/events/{eventId}`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::with_images_from_env().await?;
    kit::http::run("get-managed-event", |call| catalog_functions::get_managed_event::handle(&app, call)).await
}
