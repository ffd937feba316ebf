//! `GET /announcements/{announcementId}`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::from_env().await?;
    kit::http::run("get-announcement", |call| catalog_functions::get_announcement::handle(&app, call)).await
}
