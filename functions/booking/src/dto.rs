//! A reservation as the API shows it.

use booking::domain::call_off::seen_as_called_off;
use booking::domain::sale::Sale;
use contracts::booking::{CancelledBy, PaymentOutcome, PublicStatus, ReservationState};
use contracts::ids::{EventId, PaymentId, PerformanceId, ReservationId};
use jiff::Timestamp;
use kit::problem::Problem;
use serde::Serialize;

use crate::App;

/// A reservation.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReservationView {
    id: ReservationId,
    status: PublicStatus,
    payment_status: PaymentOutcome,
    payment_id: Option<PaymentId>,
    /// Whose wish it was that it ended; absent while it lives, and when it ended by itself.
    cancelled_by: Option<CancelledBy>,
    version: u64,
    performance: PerformanceView,
    seats: Vec<SeatView>,
    total_amount: i64,
    currency: String,
    /// When the hold ends or ended; absent once the reservation is paid or given up.
    expires_at: Option<Timestamp>,
    created_at: Timestamp,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PerformanceView {
    id: PerformanceId,
    event_id: EventId,
    title: String,
    venue: String,
    time_zone: String,
    starts_at: Timestamp,
}

#[derive(Debug, Serialize)]
struct SeatView {
    id: String,
    label: String,
    row: Option<String>,
    section: String,
    price: i64,
}

impl ReservationView {
    /// The reservation, with what the API tells of its performance.
    ///
    /// # Errors
    /// When the performance cannot be read.
    pub async fn of(app: &App, reservation: ReservationState, now: Timestamp) -> Result<Self, Problem> {
        let sale = app.sales.get(&app.store, reservation.performance_id, now).await?;
        Ok(Self::new(reservation, &sale, now))
    }

    /// The reservation of this sale.
    #[must_use]
    pub fn new(reservation: ReservationState, sale: &Sale, now: Timestamp) -> Self {
        let reservation = if sale.performance.cancelled { seen_as_called_off(reservation) } else { reservation };
        let status = reservation.public_status(now);
        let ends = matches!(status, PublicStatus::Pending | PublicStatus::Expired);
        Self {
            id: reservation.id,
            status,
            payment_status: reservation.payment_status,
            payment_id: reservation.payment_id,
            cancelled_by: reservation.cancelled_by,
            version: reservation.version,
            total_amount: reservation.total(),
            expires_at: ends.then(|| Timestamp::from_second(reservation.held_until()).ok()).flatten(),
            created_at: reservation.id.created_at(),
            performance: PerformanceView {
                id: sale.performance.id,
                event_id: sale.performance.event_id,
                title: sale.terms.title.clone(),
                venue: sale.terms.venue.clone(),
                time_zone: sale.terms.time_zone.clone(),
                starts_at: sale.performance.starts_at,
            },
            currency: reservation.currency,
            seats: reservation
                .lines
                .into_iter()
                .flat_map(|line| {
                    let (section, price) = (line.section, line.price);
                    line.seats.into_iter().map(move |seat| SeatView {
                        id: seat.id,
                        label: seat.label,
                        row: Some(seat.row).filter(|row| !row.is_empty()),
                        section: section.clone(),
                        price,
                    })
                })
                .collect(),
        }
    }
}
