//! `GET /reservations/{reservationId}`: a reservation, as its owner sees it.

use booking::look;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;

use crate::App;
use crate::dto::ReservationView;

/// Answers the request.
///
/// # Errors
/// 404 for a reservation that is not the caller's.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let (caller, id) = (call.caller()?, call.path_id("reservationId")?);
    let reservation = look::reservation(&app.store, caller.user_id, id).await?;
    Reply::ok(&ReservationView::of(app, reservation, Timestamp::now()).await?)
}
