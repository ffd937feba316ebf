//! `GET /reservations/my`: the caller's reservations, newest first.

use booking::look;
use contracts::ids::ReservationId;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::page::{Page, PageQuery, cursor};
use kit::problem::Problem;

use crate::App;
use crate::dto::ReservationView;

/// Answers the request.
///
/// # Errors
/// 422 for an unusable limit or cursor.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let caller = call.caller()?;
    let query: PageQuery = call.query()?;
    let limit = query.limit()? as usize;
    let after: Option<ReservationId> = query.position()?;
    let now = Timestamp::now();

    // A buyer's books are a few kilobytes: reading them all and cutting here costs less than an index to page by.
    let mut rest: Vec<_> = look::reservations(&app.store, caller.user_id).await?;
    rest.retain(|reservation| after.is_none_or(|after| reservation.id < after));
    let more = rest.len() > limit;
    rest.truncate(limit);
    let next_cursor = match rest.last() {
        Some(last) if more => Some(cursor(&last.id)?),
        _ => None,
    };
    let mut items = Vec::with_capacity(rest.len());
    for reservation in rest {
        items.push(ReservationView::of(app, reservation, now).await?);
    }
    Reply::ok(&Page { items, next_cursor })
}
