//! `POST /reservations/{reservationId}/cancel`: the buyer gives up a reservation; what was paid is refunded.

use booking::leave;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Deserialize;

use crate::App;
use crate::dto::ReservationView;

#[derive(Debug, Deserialize)]
struct Body {
    version: u64,
}

/// Answers the request.
///
/// # Errors
/// 404 for a reservation that is not the caller's; 409 `version_conflict`, `not_cancellable`, `payment_in_progress`.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let (caller, id) = (call.caller()?, call.path_id("reservationId")?);
    let (body, key) = call.idempotent_body::<Body>()?;
    let now = Timestamp::now();
    let reservation =
        leave::cancel(&app.store, &app.sales, caller.user_id, id, body.version, key.as_ref(), now).await?;
    Reply::accepted(&ReservationView::of(app, reservation, now).await?)
}
