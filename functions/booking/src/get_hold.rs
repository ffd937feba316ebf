//! `GET /seats/reservation/{reservationId}`: the hold, as its owner sees it.

use booking::look;
use contracts::booking::ReservationStatus;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;

use crate::App;
use crate::dto::ReservationView;

/// Answers the request. A hold that was released is gone; the reservation it belonged to can still be read.
///
/// # Errors
/// 404 for a reservation that is not the caller's.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let (caller, id) = (call.caller()?, call.path_id("reservationId")?);
    let reservation = look::reservation(&app.store, caller.user_id, id).await?;
    if reservation.status == ReservationStatus::Released {
        return Err(Problem::not_found());
    }
    Reply::ok(&ReservationView::of(app, reservation, Timestamp::now()).await?)
}
