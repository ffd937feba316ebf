//! `GET /admin/announcements/{announcementId}`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::from_env().await?;
    kit::http::run("get-managed-announcement", |call| catalog_functions::get_managed_announcement::handle(&app, call))
        .await
}
