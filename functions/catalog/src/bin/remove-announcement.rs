//! `DELETE /admin/announcements/{announcementId}`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::from_env().await?;
    kit::http::run("remove-announcement", |call| catalog_functions::remove_announcement::handle(&app, call)).await
}
