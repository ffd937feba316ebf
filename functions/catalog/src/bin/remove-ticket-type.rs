//! `DELETE /admin/events/{eventId}/ticket-types/{ticketTypeId}`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = catalog_functions::App::from_env().await?;
    kit::http::run("remove-ticket-type", |call| catalog_functions::remove_ticket_type::handle(&app, call)).await
}
