//! `POST /admin/announcements`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::from_env().await?;
    kit::http::run("create-announcement", |call| catalog_functions::create_announcement::handle(&app, call)).await
}
