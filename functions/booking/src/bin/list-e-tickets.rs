//! `GET /reservations/{reservationId}/tickets`

use booking_functions::{App, e_ticket_signer, list_e_tickets};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let config = kit::aws::config().await;
    let (app, signer) = (App::over(&config)?, e_ticket_signer(&config).await?);
    kit::http::run("list-e-tickets", |call| list_e_tickets::handle(&app, &signer, call)).await
}
