//! `POST /baseline/seats/reserve`: the usual design for holds, one item for each seat, as a function that is in every
//! other respect like `reserve-seats`: the same parsing, the same sale in memory, the same tokens, the same kind of
//! answer.

use booking::admissions::{SecretSource, Tokens};
use booking::{BookingError, sales};
use booking_functions::{ADMISSION_HEADER, App};
use contracts::ids::{PerformanceId, ReservationId};
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use testkit::baseline::{Baseline, BaselineHold, BaselineOutcome};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    performance_id: PerformanceId,
    seat_ids: Vec<String>,
}

/// Answers the request.
///
/// # Errors
/// 404, 409 or 422, as `reserve-seats`.
pub async fn handle<S: SecretSource>(
    app: &App,
    baseline: &Baseline,
    tokens: &Tokens<S>,
    call: Call,
) -> Result<Reply, Problem> {
    let caller = call.caller()?;
    let (Body { performance_id, seat_ids }, _) = call.idempotent_body::<Body>()?;
    let now = Timestamp::now();
    let (sale, guard) = app.sales.guarded(&app.store, performance_id, now).await?;
    tokens.entry(&guard, &sale, caller.user_id, call.header(ADMISSION_HEADER), now).await?;
    sales::may_hold(&sale, now)?;
    let places: Vec<_> = seat_ids.iter().filter_map(|id| sale.place(id)).collect();
    if places.len() != seat_ids.len() {
        let unknown = (0..seat_ids.len()).filter(|&at| sale.place(&seat_ids[at]).is_none());
        return Err(BookingError::UnknownSeats(unknown.collect()).into());
    }
    let lines = sale.lines(&places).map_err(|_| BookingError::SeatsUnavailable(seat_ids.clone()))?;
    let limit = sale.terms.buyer_limit;
    let hold = BaselineHold {
        performance: performance_id.to_string(),
        seats: seat_ids,
        buyer: caller.user_id.to_string(),
        reservation: ReservationId::generate().to_string(),
        limit: usize::try_from(limit).unwrap_or(usize::MAX),
        now: now.as_second(),
    };
    match baseline.hold(&hold).await? {
        BaselineOutcome::Done => Reply::created(&json!({
            "id": hold.reservation, "status": "PENDING", "paymentStatus": "NONE", "paymentId": null, "version": 1,
            "performance": {
                "id": performance_id, "eventId": sale.performance.event_id, "title": sale.terms.title,
                "venue": sale.terms.venue, "timeZone": sale.terms.time_zone, "startsAt": sale.performance.starts_at,
            },
            "seats": lines, "totalAmount": lines.iter().map(|line| line.price).sum::<i64>(),
            "currency": sale.terms.currency, "createdAt": now,
        })),
        BaselineOutcome::Taken(seats) => Err(BookingError::SeatsUnavailable(seats).into()),
        BaselineOutcome::BuyerRefused => Err(BookingError::BuyerLimitExceeded(limit).into()),
        BaselineOutcome::NotPossible => Err(BookingError::RequestInProgress.into()),
    }
}
