//! `GET /admin/announcements`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::from_env().await?;
    kit::http::run("list-managed-announcements", |call| {
        catalog_functions::list_managed_announcements::handle(&app, call)
    })
    .await
}
