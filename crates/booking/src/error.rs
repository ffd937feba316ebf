//! What booking refuses, and how a caller is told.

use contracts::ids::ReservationId;
use jiff::Timestamp;
use kit::dynamo::StoreError;
use kit::problem::{Problem, Violation};
use kit::signed::SecretError;

use crate::domain::admission::Denial;
use crate::domain::book::Refusal;

/// A request that booking does not carry out.
#[derive(Debug, thiserror::Error)]
pub enum BookingError {
    /// Not there, or not the caller's.
    #[error("there is no such thing")]
    NotFound,
    /// No such seats in this performance; their positions in the request.
    #[error("the performance has no such seats")]
    UnknownSeats(Vec<usize>),
    /// No such price class in this performance; its position in the request.
    #[error("the performance has no such ticket type")]
    UnknownTicketType(usize),
    /// Others were faster, or the seats are not sold at all.
    #[error("the seats are taken")]
    SeatsUnavailable(Vec<String>),
    /// Not enough is left.
    #[error("not enough seats are left")]
    SoldOut,
    /// With these the buyer would have too many.
    #[error("a buyer may have {0} tickets")]
    BuyerLimitExceeded(u32),
    /// The buyer has another reservation of this performance to finish first.
    #[error("reservation {0} is pending")]
    ReservationPending(ReservationId),
    /// The idempotency key was used for something else.
    #[error("the idempotency key was used with another body")]
    KeyReused,
    /// The first request with this idempotency key is not finished.
    #[error("the same request is being dealt with")]
    RequestInProgress,
    /// Before the sale.
    #[error("the sale opens at {0}")]
    SaleNotOpen(Timestamp),
    /// After the sale.
    #[error("the sale has closed")]
    SaleClosed,
    /// A waiting room guards the sale and has not let the caller in.
    #[error("a waiting room guards the sale")]
    AdmissionRequired(Denial),
    /// The secret that admissions are signed with could not be read.
    #[error("admissions cannot be read")]
    Secret(#[from] SecretError),
    /// An alarm rang before its time.
    #[error("the hold has not ended yet")]
    TooEarly,
    /// The reservation's state does not allow it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The table did not answer as it should.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<BookingError> for Problem {
    fn from(error: BookingError) -> Self {
        let detail = error.to_string();
        match error {
            BookingError::NotFound | BookingError::Refused(Refusal::Unknown) => Self::not_found(),
            BookingError::UnknownSeats(positions) => Self::invalid(
                positions
                    .into_iter()
                    .map(|at| Violation {
                        pointer: format!("/seatIds/{at}"),
                        detail: "is no seat of this performance".into(),
                    })
                    .collect(),
            ),
            BookingError::UnknownTicketType(at) => Self::invalid(vec![Violation {
                pointer: format!("/items/{at}/ticketTypeId"),
                detail: "is no ticket type of this performance".into(),
            }]),
            BookingError::SeatsUnavailable(seats) => {
                Self::conflict("seats_unavailable", "Some of these seats are taken.").with("seatIds", seats)
            }
            BookingError::SoldOut => Self::conflict("sold_out", "Not enough tickets are left."),
            BookingError::BuyerLimitExceeded(limit) => {
                Self::conflict("buyer_limit_exceeded", format!("A buyer may have {limit} tickets of this performance."))
                    .with("limit", limit)
            }
            BookingError::ReservationPending(id) => Self::conflict(
                "reservation_pending",
                "You have a reservation of this performance to pay or release first.",
            )
            .with("reservationId", id),
            BookingError::KeyReused => {
                Self::new(422, "idempotency_key_reused", "This Idempotency-Key was used with another body.")
            }
            BookingError::TooEarly => Self::internal(detail),
            BookingError::RequestInProgress => {
                Self::conflict("request_in_progress", "The same request is being dealt with.").retry_after(1)
            }
            BookingError::SaleNotOpen(opens_at) => Self::conflict("sale_not_open", detail).with("opensAt", opens_at),
            BookingError::SaleClosed => Self::conflict("sale_closed", "The sale has closed."),
            BookingError::AdmissionRequired(denial) => {
                Self::new(403, "admission_required", "A waiting room guards this sale; an admission is needed.")
                    .with("reason", denial.as_str())
            }
            BookingError::Secret(error @ SecretError::Unavailable(_)) => Self::unavailable(error),
            BookingError::Secret(error @ SecretError::TooShort) => Self::internal(error),
            BookingError::Refused(refusal) => match refusal {
                Refusal::Unknown => Self::not_found(),
                Refusal::Expired | Refusal::TooManyAttempts => {
                    Self::conflict("reservation_expired", "The hold has ended.")
                }
                Refusal::AlreadyPaid => Self::conflict("already_paid", "There is nothing to pay."),
                Refusal::PaymentInProgress => Self::conflict("payment_in_progress", "A payment is being charged."),
                Refusal::NotConfirmed => {
                    Self::conflict("not_confirmed", "There are tickets once the reservation is paid.")
                }
                Refusal::NotCancellable => {
                    Self::conflict("not_cancellable", "This reservation cannot be cancelled any more.")
                }
                Refusal::Version(version) => {
                    Self::conflict("version_conflict", "The reservation has changed meanwhile.")
                        .with("version", version)
                }
                Refusal::NotPending => {
                    Self::conflict("reservation_not_pending", "Only a pending reservation is released.")
                }
            },
            BookingError::Store(error) => error.into(),
        }
    }
}
