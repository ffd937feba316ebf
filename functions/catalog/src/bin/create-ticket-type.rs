//! `POST /admin/ticket-types`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::from_env().await?;
    kit::http::run("create-ticket-type", |call| catalog_functions::create_ticket_type::handle(&app, call)).await
}
