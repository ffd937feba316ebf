//! `GET /tickets/event/{eventId}`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::from_env().await?;
    kit::http::run("list-ticket-types", |call| catalog_functions::list_ticket_types::handle(&app, call)).await
}
