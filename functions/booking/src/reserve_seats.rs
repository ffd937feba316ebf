//! `POST /seats/reserve`: holds the seats that the buyer chose.

use std::collections::HashSet;

use booking::admissions::{SecretSource, Tokens};
use booking::hold::{self, HoldRequest};
use contracts::ids::PerformanceId;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use kit::validate::Checks;
use serde::Deserialize;

use crate::dto::ReservationView;
use crate::{ADMISSION_HEADER, App};

/// Most seats that one request may name.
pub const MAX_SEATS: usize = 8;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    performance_id: PerformanceId,
    seat_ids: Vec<String>,
}

/// Answers the request.
///
/// # Errors
/// 403, 404, 409 or 422 as the contract lists them.
pub async fn handle<S: SecretSource>(app: &App, tokens: &Tokens<S>, call: Call) -> Result<Reply, Problem> {
    let caller = call.caller()?;
    let (body, key) = call.idempotent_body::<Body>()?;
    check(&body.seat_ids)?;
    let now = Timestamp::now();
    let (sale, guard) = app.sales.guarded(&app.store, body.performance_id, now).await?;
    let entry = tokens.entry(&guard, &sale, caller.user_id, call.header(ADMISSION_HEADER), now).await?;
    let request = HoldRequest { user: caller.user_id, key: key.as_ref(), entry };
    let reservation = hold::seats(&app.store, &sale, &request, &body.seat_ids, now).await?;
    Reply::created(&ReservationView::new(reservation, &sale, now))
}

fn check(seat_ids: &[String]) -> Result<(), Problem> {
    let mut checks = Checks::new();
    let fits = (1..=MAX_SEATS).contains(&seat_ids.len());
    checks.ensure(fits, "/seatIds", format!("must name 1 to {MAX_SEATS} seats"));
    let mut seen = HashSet::new();
    for (at, id) in seat_ids.iter().enumerate().take(MAX_SEATS) {
        checks.ensure(seen.insert(id), format!("/seatIds/{at}"), "is named twice");
    }
    checks.done()
}
