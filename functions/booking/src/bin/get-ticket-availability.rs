//! `GET /tickets/availability/{ticketTypeId}`

use booking_functions::{App, get_ticket_availability};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = App::from_env().await?;
    kit::http::run("get-ticket-availability", |call| get_ticket_availability::handle(&app, call)).await
}
