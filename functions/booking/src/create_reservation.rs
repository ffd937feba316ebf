//! `POST /reservations`: holds the best seats left of some ticket types, or admissions of a quota.

use std::collections::HashSet;

use booking::admissions::{SecretSource, Tokens};
use booking::best_available::{self, Order, Seating, Wanted};
use booking::hold::HoldRequest;
use contracts::ids::{PerformanceId, TicketTypeId};
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use kit::validate::Checks;
use serde::Deserialize;

use crate::dto::ReservationView;
use crate::reserve_seats::MAX_SEATS;
use crate::{ADMISSION_HEADER, App};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    performance_id: PerformanceId,
    items: Vec<ItemBody>,
    adjacent: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ItemBody {
    ticket_type_id: TicketTypeId,
    quantity: i64,
}

/// Answers the request.
///
/// # Errors
/// 403, 404, 409 or 422 as the contract lists them.
pub async fn handle<S: SecretSource>(app: &App, tokens: &Tokens<S>, call: Call) -> Result<Reply, Problem> {
    let caller = call.caller()?;
    let (body, key) = call.idempotent_body::<Body>()?;
    let wanted = check(&body.items)?;
    let seating = match body.adjacent {
        None => Seating::Preferably,
        Some(true) => Seating::Adjacent,
        Some(false) => Seating::Anywhere,
    };
    let now = Timestamp::now();
    let (sale, guard) = app.sales.guarded(&app.store, body.performance_id, now).await?;
    let entry = tokens.entry(&guard, &sale, caller.user_id, call.header(ADMISSION_HEADER), now).await?;
    let request = HoldRequest { user: caller.user_id, key: key.as_ref(), entry };
    let random = |below: usize| fastrand::usize(..below);
    let order = Order { wanted: &wanted, seating };
    let reservation = best_available::reserve(&app.store, &app.snapshots, &sale, &request, order, now, &random).await?;
    Reply::created(&ReservationView::new(reservation, &sale, now))
}

fn check(items: &[ItemBody]) -> Result<Vec<Wanted>, Problem> {
    let most = i64::try_from(MAX_SEATS).unwrap_or(i64::MAX);
    let mut checks = Checks::new();
    checks.ensure((1..=MAX_SEATS).contains(&items.len()), "/items", format!("must name 1 to {MAX_SEATS} ticket types"));
    let mut seen = HashSet::new();
    for (at, item) in items.iter().enumerate().take(MAX_SEATS) {
        checks.number(format!("/items/{at}/quantity"), item.quantity, 1..=most);
        checks.ensure(seen.insert(item.ticket_type_id), format!("/items/{at}/ticketTypeId"), "is named twice");
    }
    checks.done()?;
    let total: i64 = items.iter().map(|item| item.quantity).sum();
    checks.ensure(total <= most, "/items", format!("must ask for {most} tickets at most"));
    checks.done()?;
    Ok(items
        .iter()
        .map(|item| Wanted { ticket_type: item.ticket_type_id, quantity: usize::try_from(item.quantity).unwrap_or(0) })
        .collect())
}
