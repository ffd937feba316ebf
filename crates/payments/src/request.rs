//! Asking to pay for a reservation.
//!
//! Booking is asked first, and binds the reservation to the payment's id; only then the payment is written. A crash
//! between the two leaves a reservation that waits for a payment nobody charges: repeating the request under the same
//! idempotency key mends that, and without one booking's own clock does. After booking's yes the payment is always
//! written, even when the points have become too few meanwhile: the worker then fails it and booking hears of it.
//!
//! Refusals are not remembered under an idempotency key. They changed nothing, and whoever has bought more points may
//! try again with the same key.
//!
//! An id that the client has chosen is claimed for its request before booking hears of it: two requests that want the same
//! id cannot bind two reservations to one payment.

use contracts::booking::{BeginPayment, PaymentStart};
use contracts::ids::{PaymentId, ReservationId, UserId};
use contracts::payments::{PaymentPurpose, PaymentState};
use jiff::Timestamp;
use kit::dynamo::StoreError;
use kit::idempotency::IdempotentRequest;

use crate::domain::KRW;
use crate::domain::payment::{Order, requested};
use crate::domain::split::{Choice, SplitError};
use crate::reservations::{Reservations, ReservationsError};
use crate::store::{ChosenId, Claim, Operation, Store};

/// Why a payment was not begun.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// The table did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Booking did not answer.
    #[error(transparent)]
    Reservations(#[from] ReservationsError),
    /// The idempotency key was used for another body.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// The chosen id stands for another request.
    #[error("the chosen id is taken")]
    IdTaken(Operation),
    /// The caller has no such reservation.
    #[error("there is no such reservation")]
    NotFound,
    /// Its hold has ended.
    #[error("the reservation has expired")]
    Expired,
    /// There is nothing to pay.
    #[error("the reservation is paid or cancelled")]
    AlreadyPaid,
    /// Another payment for it is being charged.
    #[error("another payment for the reservation is being charged")]
    InProgress,
    /// What was reserved will not take place.
    #[error("the performance was called off")]
    SaleClosed,
    /// Points are asked to pay a total in this other currency.
    #[error("points do not pay {0}")]
    Currency(String),
    /// It cannot be paid as chosen.
    #[error("the total cannot be paid as chosen")]
    Split {
        /// Why.
        reason: SplitError,
        /// What there is to pay, in minor units.
        total: i64,
    },
}

/// What somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRequest {
    /// Who pays.
    pub user_id: UserId,
    /// For what.
    pub reservation_id: ReservationId,
    /// How.
    pub choice: Choice,
    /// The PG's key; there is one exactly when some of it is paid by card.
    pub payment_key: Option<String>,
    /// The caller's idempotency key with the body's fingerprint.
    pub idempotency: Option<IdempotentRequest>,
    /// The payment's id, when the caller has chosen it.
    pub chosen: Option<ChosenId>,
}

/// Takes requests to pay.
#[derive(Debug, Clone)]
pub struct RequestPayment<R> {
    store: Store,
    reservations: R,
}

impl<R: Reservations> RequestPayment<R> {
    /// Into this table, for reservations of this booking.
    pub const fn new(store: Store, reservations: R) -> Self {
        Self { store, reservations }
    }

    /// Begins a payment. `fresh` becomes its id unless the caller has chosen one, or the idempotency key stands for an
    /// earlier one; the answer is the id that counts.
    ///
    /// # Errors
    /// When it cannot be paid, or cannot be paid like this, or not now.
    pub async fn begin(
        &self,
        request: PaymentRequest,
        fresh: PaymentId,
        now: Timestamp,
    ) -> Result<PaymentId, RequestError> {
        let (idempotency, chosen) = (request.idempotency.as_ref(), request.chosen.as_ref());
        let (repeatable, requested_at) = (idempotency.is_some() || chosen.is_some(), chosen.map(|_| now));
        let operation = Operation::RequestPayment;
        let id = claimed(&self.store, request.user_id, operation, idempotency, chosen, fresh, now).await?;
        if id != fresh && self.store.payment(id).await?.is_some() {
            return Ok(id);
        }
        let order = match self.order(request, id).await {
            Ok(order) => order,
            // The same request at the same time may have got through, and booking refuses because of its payment.
            Err(_) if repeatable && self.store.payment(id).await?.is_some() => return Ok(id),
            Err(refusal) => return Err(refusal),
        };
        // When it is there already, the same request at the same time has written it.
        self.store.create(&PaymentState { requested_at, ..requested(id, order) }, now).await?;
        Ok(id)
    }

    async fn order(&self, request: PaymentRequest, id: PaymentId) -> Result<Order, RequestError> {
        let PaymentRequest { user_id, choice, .. } = request;
        let balance = if choice.takes_points() {
            let account = self.store.account(user_id).await?;
            account.map_or(0, |account| account.balance)
        } else {
            0
        };
        let payable = choice.payable(balance);
        let call = BeginPayment {
            user_id,
            reservation_id: request.reservation_id,
            payment_id: id,
            payable_min: *payable.start(),
            payable_max: *payable.end(),
            // Points are won; what a dollar is worth in them is nobody's to say here.
            payable_currency: choice.takes_points().then(|| KRW.to_owned()),
        };
        match self.reservations.begin_payment(&call).await? {
            PaymentStart::Started { performance_id, total, currency } => {
                let split = choice.divide(total).map_err(|reason| RequestError::Split { reason, total })?;
                Ok(Order {
                    user_id,
                    purpose: PaymentPurpose::Reservation { reservation_id: request.reservation_id, performance_id },
                    method: choice.method(),
                    split,
                    currency,
                    payment_key: request.payment_key,
                })
            }
            PaymentStart::NotFound => Err(RequestError::NotFound),
            PaymentStart::Expired => Err(RequestError::Expired),
            PaymentStart::AlreadyPaid => Err(RequestError::AlreadyPaid),
            PaymentStart::InProgress => Err(RequestError::InProgress),
            PaymentStart::SaleClosed => Err(RequestError::SaleClosed),
            PaymentStart::OtherCurrency { currency } => Err(RequestError::Currency(currency)),
            PaymentStart::TotalOutside { total } => {
                let reason = choice.split(total, balance).err().unwrap_or(SplitError::AmountMismatch);
                Err(RequestError::Split { reason, total })
            }
        }
    }
}

/// The id that counts: the one that the idempotency key stands for, which is the chosen one or else `fresh` when the key is
/// new or there is none.
pub(crate) async fn claimed(
    store: &Store,
    user: UserId,
    operation: Operation,
    idempotency: Option<&IdempotentRequest>,
    chosen: Option<&ChosenId>,
    fresh: PaymentId,
    now: Timestamp,
) -> Result<PaymentId, RequestError> {
    let fresh = match chosen {
        None => fresh,
        Some(chosen) => {
            // Looked for before it is claimed: whoever wrote a payment under a chosen id had claimed that before. One that is
            // there without a claim was made here, or days ago.
            let is_there = store.payment(chosen.id).await?.is_some();
            match store.claim_id(user, operation, chosen, now).await? {
                Claim::New if is_there => return Err(RequestError::IdTaken(operation)),
                Claim::Reused => return Err(RequestError::IdTaken(operation)),
                Claim::New | Claim::Known(_) => chosen.id,
            }
        }
    };
    let Some(request) = idempotency else { return Ok(fresh) };
    match store.claim(user, operation, request, fresh, now).await? {
        Claim::New => Ok(fresh),
        Claim::Known(known) => Ok(known),
        Claim::Reused => Err(RequestError::KeyReused),
    }
}
