//! A buyer's book of one performance: every reservation they made for it, in one place.
//!
//! Because it is one item, the limit per buyer and the rule of one pending reservation at a time are conditions of a
//! single write. Each transition here is a pure function that either changes the book and names what happened, or says
//! why not; doing one twice says [`Step::AlreadyDone`].

use std::collections::BTreeMap;

use contracts::booking::{CancelledBy, Paid, PaymentOutcome, ReservationState, ReservationStatus};
use contracts::event::EventType;
use contracts::ids::{AdmissionId, PaymentId, PerformanceId, ReservationId, UserId};
use jiff::Timestamp;

use super::cancellation::{self, Terms};

/// How long seats are held for a buyer who has not paid, in seconds (requirement R2).
pub const HOLD_SECONDS: i64 = 5 * 60;

/// How often payment may be entered for one reservation. With the extension of a hold it bounds how long seats can be
/// kept from others without buying them.
pub const MAX_PAYMENT_ATTEMPTS: u32 = 50;

/// Reservations that came to nothing and are kept for the buyer to see; older ones live on in the event store only.
const DEAD_KEPT: usize = 5;

/// Whose book, of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BookId {
    /// The buyer.
    pub user: UserId,
    /// The performance.
    pub performance: PerformanceId,
}

/// The book.
#[derive(Debug, Clone, PartialEq)]
pub struct BuyerBook {
    /// Whose, of what.
    pub id: BookId,
    /// Writes so far; every write checks that nobody else wrote since it was read.
    pub revision: u64,
    /// All reservations kept.
    pub reservations: BTreeMap<ReservationId, ReservationState>,
    /// Requests that must not be done twice: key → what it did.
    pub keys: BTreeMap<String, KeyUse>,
    /// The latest admission by which nothing more is held here: its buyer has bought, or it was found to be over.
    pub ended_admission: Option<AdmissionId>,
}

/// What an idempotency key was used for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyUse {
    /// The reservation that the request made or changed.
    pub reservation: ReservationId,
    /// The fingerprint of the request's body.
    pub fingerprint: String,
    /// When, in seconds since 1970.
    pub at: i64,
}

/// A transition that is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The book has changed; this is the event.
    Done(EventType),
    /// It had happened before; nothing to write.
    AlreadyDone,
}

/// Why a transition is not allowed. The book has not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No such reservation in this book.
    #[error("there is no such reservation")]
    Unknown,
    /// The hold has ended.
    #[error("the hold has ended")]
    Expired,
    /// Nothing is left to pay.
    #[error("the reservation is paid or cancelled")]
    AlreadyPaid,
    /// A payment is being charged.
    #[error("a payment is being charged")]
    PaymentInProgress,
    /// Payment was entered too often.
    #[error("payment was entered {MAX_PAYMENT_ATTEMPTS} times")]
    TooManyAttempts,
    /// It is not paid, or given up.
    #[error("the reservation is not confirmed")]
    NotConfirmed,
    /// It is in no state to be cancelled.
    #[error("the reservation cannot be cancelled")]
    NotCancellable,
    /// It has changed since the caller looked.
    #[error("the reservation is at version {0}")]
    Version(u64),
    /// It is in no state to be released.
    #[error("the reservation is not pending")]
    NotPending,
}

impl BuyerBook {
    /// An empty one.
    #[must_use]
    pub const fn new(id: BookId) -> Self {
        Self { id, revision: 0, reservations: BTreeMap::new(), keys: BTreeMap::new(), ended_admission: None }
    }

    /// A reservation of this book.
    #[must_use]
    pub fn get(&self, id: ReservationId) -> Option<&ReservationState> {
        self.reservations.get(&id)
    }

    /// A copy of a reservation of this book.
    ///
    /// # Errors
    /// When there is none.
    pub fn copy_of(&self, id: ReservationId) -> Result<ReservationState, Refusal> {
        self.get(id).cloned().ok_or(Refusal::Unknown)
    }

    /// Whether nothing more is held by this admission.
    #[must_use]
    pub fn has_ended(&self, admission: AdmissionId) -> bool {
        self.ended_admission.is_some_and(|ended| admission <= ended)
    }

    /// Tickets that count against the limit for good: those of confirmed reservations.
    #[must_use]
    pub fn bought(&self) -> usize {
        self.reservations
            .values()
            .filter(|reservation| reservation.status == ReservationStatus::Confirmed)
            .map(ReservationState::seat_count)
            .sum()
    }

    /// The reservation that waits for its buyer or for a payment, and until when, in seconds since 1970. It may have
    /// lapsed already: compare with the time.
    #[must_use]
    pub fn pending(&self) -> Option<(ReservationId, i64)> {
        self.reservations
            .values()
            .filter(|r| matches!(r.status, ReservationStatus::Pending | ReservationStatus::Paying))
            .map(|r| (r.id, r.held_until()))
            .max_by_key(|&(_, until)| until)
    }

    /// The buyer enters payment: from here to [`ReservationState::held_until`] the seats outlast it.
    ///
    /// # Errors
    /// When there is nothing to pay, or no time left to.
    pub fn begin_payment(&mut self, id: ReservationId, payment: PaymentId, now: Timestamp) -> Result<Step, Refusal> {
        let reservation = self.reservations.get_mut(&id).ok_or(Refusal::Unknown)?;
        let same = reservation.payment_id == Some(payment);
        match reservation.status {
            // Decided meanwhile: a late repeat must not enter a payment anew that nobody will charge again.
            ReservationStatus::Pending | ReservationStatus::Confirmed if same => Ok(Step::AlreadyDone),
            ReservationStatus::Pending if now.as_second() >= reservation.expires_at => Err(Refusal::Expired),
            ReservationStatus::Pending if reservation.attempt >= MAX_PAYMENT_ATTEMPTS => Err(Refusal::TooManyAttempts),
            ReservationStatus::Pending => {
                reservation.attempt += 1;
                reservation.payment_id = Some(payment);
                reservation.payment_status = PaymentOutcome::Processing;
                Ok(advance(reservation, ReservationStatus::Paying, EventType::PaymentStarted))
            }
            ReservationStatus::Paying if now.as_second() >= reservation.held_until() => Err(Refusal::Expired),
            ReservationStatus::Paying if same => Ok(Step::AlreadyDone),
            ReservationStatus::Paying => Err(Refusal::PaymentInProgress),
            ReservationStatus::Confirmed
            | ReservationStatus::Rejected
            | ReservationStatus::Cancelling
            | ReservationStatus::Cancelled => Err(Refusal::AlreadyPaid),
            ReservationStatus::Released | ReservationStatus::Expired => Err(Refusal::Expired),
        }
    }

    /// Whether the seats of this reservation are owed to the payment, which has succeeded. An expired reservation still
    /// is: if nobody took its seats meanwhile, it gets them.
    #[must_use]
    pub fn awaits(&self, id: ReservationId, payment: PaymentId) -> bool {
        self.get(id).is_some_and(|reservation| {
            reservation.payment_id == Some(payment)
                && matches!(reservation.status, ReservationStatus::Paying | ReservationStatus::Expired)
        })
    }

    /// Whether the buyer has moved on: the reservation expired, and a later one lives. Confirming both would sell them
    /// seats twice over, past the limit perhaps; the late one is refunded.
    #[must_use]
    pub fn is_superseded(&self, id: ReservationId) -> bool {
        let lives = |r: &ReservationState| {
            matches!(r.status, ReservationStatus::Pending | ReservationStatus::Paying | ReservationStatus::Confirmed)
        };
        self.get(id).is_some_and(|reservation| reservation.status == ReservationStatus::Expired)
            && self.reservations.values().any(|other| other.id > id && lives(other))
    }

    /// Paid, and the seats are sold.
    ///
    /// # Errors
    /// When the reservation does not exist.
    pub fn confirm(&mut self, id: ReservationId, payment: PaymentId, paid: Paid) -> Result<Step, Refusal> {
        let bought_by = self.get(id).filter(|_| self.awaits(id, payment)).and_then(|reservation| reservation.admission);
        // An admission is for one purchase. The waiting room ends it too, for all performances, a moment later.
        self.ended_admission = self.ended_admission.max(bought_by.map(|admission| admission.id));
        let step = self.settle(id, payment, ReservationStatus::Confirmed, EventType::ReservationConfirmed, None)?;
        if step != Step::AlreadyDone
            && let Some(reservation) = self.reservations.get_mut(&id)
        {
            reservation.paid = Some(paid);
        }
        Ok(step)
    }

    /// Paid, but the seats are gone, or the performance is, by the wish of whoever is named: the money must go back.
    ///
    /// # Errors
    /// When the reservation does not exist.
    pub fn reject(&mut self, id: ReservationId, payment: PaymentId, by: Option<CancelledBy>) -> Result<Step, Refusal> {
        self.settle(id, payment, ReservationStatus::Rejected, EventType::ConfirmationRejected, by)
    }

    fn settle(
        &mut self,
        id: ReservationId,
        payment: PaymentId,
        status: ReservationStatus,
        event: EventType,
        cancelled_by: Option<CancelledBy>,
    ) -> Result<Step, Refusal> {
        let awaited = self.awaits(id, payment);
        let reservation = self.reservations.get_mut(&id).ok_or(Refusal::Unknown)?;
        if !awaited {
            return Ok(Step::AlreadyDone);
        }
        reservation.payment_status = PaymentOutcome::Success;
        reservation.cancelled_by = cancelled_by;
        Ok(advance(reservation, status, event))
    }

    /// The payment failed: the seats are held to the original end, and the buyer may pay again.
    ///
    /// # Errors
    /// When the reservation does not exist.
    pub fn payment_failed(&mut self, id: ReservationId, payment: PaymentId, now: Timestamp) -> Result<Step, Refusal> {
        let reservation = self.reservations.get_mut(&id).ok_or(Refusal::Unknown)?;
        let open = match reservation.status {
            ReservationStatus::Paying => true,
            // The alarm rang before the payment was decided.
            ReservationStatus::Expired => reservation.payment_status == PaymentOutcome::Processing,
            _ => false,
        };
        if !open || reservation.payment_id != Some(payment) {
            return Ok(Step::AlreadyDone);
        }
        reservation.payment_status = PaymentOutcome::Failed;
        if reservation.status == ReservationStatus::Paying && now.as_second() < reservation.expires_at {
            Ok(advance(reservation, ReservationStatus::Pending, EventType::ReservationReopened))
        } else {
            Ok(advance(reservation, ReservationStatus::Expired, EventType::ReservationExpired))
        }
    }

    /// Time is up. Before it is, this does nothing: whatever extended the hold has set an alarm of its own.
    ///
    /// # Errors
    /// When the reservation does not exist.
    pub fn expire(&mut self, id: ReservationId, now: Timestamp) -> Result<Step, Refusal> {
        let reservation = self.reservations.get_mut(&id).ok_or(Refusal::Unknown)?;
        match reservation.status {
            ReservationStatus::Pending | ReservationStatus::Paying if now.as_second() >= reservation.held_until() => {
                Ok(advance(reservation, ReservationStatus::Expired, EventType::ReservationExpired))
            }
            _ => Ok(Step::AlreadyDone),
        }
    }

    /// The buyer lets go before paying.
    ///
    /// # Errors
    /// When a payment is being charged or has been.
    pub fn release(&mut self, id: ReservationId) -> Result<Step, Refusal> {
        let reservation = self.reservations.get_mut(&id).ok_or(Refusal::Unknown)?;
        match reservation.status {
            ReservationStatus::Pending => {
                reservation.cancelled_by = Some(CancelledBy::Buyer);
                Ok(advance(reservation, ReservationStatus::Released, EventType::ReservationReleased))
            }
            ReservationStatus::Released | ReservationStatus::Expired => Ok(Step::AlreadyDone),
            ReservationStatus::Paying => Err(Refusal::PaymentInProgress),
            ReservationStatus::Confirmed
            | ReservationStatus::Rejected
            | ReservationStatus::Cancelling
            | ReservationStatus::Cancelled => Err(Refusal::NotPending),
        }
    }

    /// The buyer cancels, having seen `version`. A pending reservation is let go, a confirmed one is refunded.
    ///
    /// # Errors
    /// When the buyer saw another version, or nothing can be cancelled any more.
    pub fn cancel(
        &mut self,
        id: ReservationId,
        version: u64,
        starts_at: Timestamp,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let reservation = self.reservations.get_mut(&id).ok_or(Refusal::Unknown)?;
        if reservation.version != version {
            return Err(Refusal::Version(reservation.version));
        }
        let (status, event) = match cancellation::terms(reservation, starts_at, now)? {
            Terms::Release { .. } => (ReservationStatus::Released, EventType::ReservationReleased),
            Terms::Refund { .. } => (ReservationStatus::Cancelling, EventType::CancellationRequested),
        };
        reservation.cancelled_by = Some(CancelledBy::Buyer);
        Ok(advance(reservation, status, event))
    }

    /// The money is back.
    ///
    /// # Errors
    /// When the reservation does not exist.
    pub fn refunded(&mut self, id: ReservationId, payment: PaymentId) -> Result<Step, Refusal> {
        let reservation = self.reservations.get_mut(&id).ok_or(Refusal::Unknown)?;
        let owed = matches!(reservation.status, ReservationStatus::Rejected | ReservationStatus::Cancelling);
        if !owed || reservation.payment_id != Some(payment) {
            return Ok(Step::AlreadyDone);
        }
        reservation.payment_status = PaymentOutcome::Refunded;
        Ok(advance(reservation, ReservationStatus::Cancelled, EventType::ReservationCancelled))
    }

    /// Drops what nobody will ask for any more: all but the latest dead reservations, keys past their life, and keys of
    /// what was dropped. `keep` is the one just changed: its event still has to be read off the book.
    ///
    /// Without this a buyer who holds and lets go all day would grow the item, and the cost of every write to it.
    pub fn tidy(&mut self, keep: ReservationId, oldest_key: i64) {
        let unpaid = |r: &ReservationState| matches!(r.payment_status, PaymentOutcome::None | PaymentOutcome::Failed);
        let dead: Vec<_> = self
            .reservations
            .values()
            .filter(|r| r.id != keep && unpaid(r))
            .filter(|r| matches!(r.status, ReservationStatus::Released | ReservationStatus::Expired))
            .map(|r| r.id)
            .collect();
        // Ids sort by time: the first ones are the oldest.
        for id in &dead[..dead.len().saturating_sub(DEAD_KEPT)] {
            self.reservations.remove(id);
        }
        let reservations = &self.reservations;
        self.keys.retain(|_, used| used.at >= oldest_key && reservations.contains_key(&used.reservation));
    }
}

pub(super) fn advance(reservation: &mut ReservationState, status: ReservationStatus, event: EventType) -> Step {
    reservation.status = status;
    reservation.version += 1;
    Step::Done(event)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use contracts::booking::{ReservationLine, ReservedSeat};
    use contracts::ids::TicketTypeId;
    use proptest::prelude::*;

    pub(in crate::domain) const PAID: Paid = Paid { points: 3, card: 17 };

    pub(in crate::domain) fn held(book: &mut BuyerBook, seats: usize, until: i64) -> ReservationId {
        let id = ReservationId::generate();
        let line = ReservationLine {
            block: "A".into(),
            section: "A".into(),
            ticket_type_id: TicketTypeId::generate(),
            price: 10,
            seats: (0..seats)
                .map(|s| ReservedSeat { slot: s as u8, id: s.to_string(), label: s.to_string(), row: String::new() })
                .collect(),
        };
        let reservation = ReservationState {
            id,
            version: 1,
            user_id: book.id.user,
            performance_id: book.id.performance,
            status: ReservationStatus::Pending,
            payment_status: PaymentOutcome::None,
            lines: vec![line],
            currency: "KRW".into(),
            expires_at: until,
            attempt: 0,
            payment_id: None,
            cancelled_by: None,
            paid: None,
            admission: None,
        };
        book.reservations.insert(id, reservation);
        id
    }

    pub(in crate::domain) fn book() -> BuyerBook {
        BuyerBook::new(BookId { user: UserId::generate(), performance: PerformanceId::generate() })
    }

    pub(in crate::domain) fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_usual_life_of_a_reservation() {
        let (mut book, payment) = (book(), PaymentId::generate());
        let id = held(&mut book, 2, 300);
        assert_eq!(book.begin_payment(id, payment, at(299)), Ok(Step::Done(EventType::PaymentStarted)));
        assert_eq!(book.begin_payment(id, payment, at(299)), Ok(Step::AlreadyDone));
        assert_eq!(book.begin_payment(id, PaymentId::generate(), at(299)), Err(Refusal::PaymentInProgress));
        assert_eq!(book.release(id), Err(Refusal::PaymentInProgress));
        assert_eq!(book.expire(id, at(301)), Ok(Step::AlreadyDone), "the hold outlasts the payment");
        assert_eq!(book.confirm(id, payment, PAID), Ok(Step::Done(EventType::ReservationConfirmed)));
        assert_eq!(book.confirm(id, payment, PAID), Ok(Step::AlreadyDone));
        assert_eq!((book.bought(), book.pending()), (2, None));
        assert_eq!(book.begin_payment(id, payment, at(299)), Ok(Step::AlreadyDone));
        assert_eq!(book.begin_payment(id, PaymentId::generate(), at(299)), Err(Refusal::AlreadyPaid));
        assert_eq!(book.cancel(id, 2, at(1_000), at(400)), Err(Refusal::Version(3)));
        assert_eq!(book.cancel(id, 3, at(1_000), at(1_000)), Err(Refusal::NotCancellable), "it has started");
        assert_eq!(book.cancel(id, 3, at(1_000), at(400)), Ok(Step::Done(EventType::CancellationRequested)));
        assert_eq!(book.bought(), 0);
        assert_eq!(book.refunded(id, payment), Ok(Step::Done(EventType::ReservationCancelled)));
        assert_eq!(book.refunded(id, payment), Ok(Step::AlreadyDone));
    }

    #[test]
    fn a_failed_payment_may_be_tried_again_until_the_hold_ends() {
        let mut book = book();
        let id = held(&mut book, 1, 300);
        let (first, second) = (PaymentId::generate(), PaymentId::generate());
        book.begin_payment(id, first, at(0)).unwrap();
        assert_eq!(book.payment_failed(id, first, at(10)), Ok(Step::Done(EventType::ReservationReopened)));
        assert_eq!(book.begin_payment(id, first, at(11)), Ok(Step::AlreadyDone), "a late repeat of the first");
        book.begin_payment(id, second, at(20)).unwrap();
        assert_eq!(book.payment_failed(id, first, at(21)), Ok(Step::AlreadyDone), "late news of the first");
        assert_eq!(book.payment_failed(id, second, at(300)), Ok(Step::Done(EventType::ReservationExpired)));
        assert_eq!(book.begin_payment(id, second, at(10)), Err(Refusal::Expired));
    }

    #[test]
    fn each_attempt_to_pay_has_a_hold_of_its_own() {
        let mut book = book();
        let id = held(&mut book, 1, 300);
        let mut ends = std::collections::BTreeSet::from([book.get(id).unwrap().held_until()]);
        for _ in 0..MAX_PAYMENT_ATTEMPTS {
            let payment = PaymentId::generate();
            book.begin_payment(id, payment, at(0)).unwrap();
            let end = book.get(id).unwrap().held_until();
            assert!(ends.insert(end));
            assert!(end <= 900, "one delayed message reaches it");
            book.payment_failed(id, payment, at(1)).unwrap();
        }
        assert_eq!(book.begin_payment(id, PaymentId::generate(), at(0)), Err(Refusal::TooManyAttempts));
    }

    #[test]
    fn paid_too_late_is_confirmed_or_rejected_never_forgotten() {
        for reject in [false, true] {
            let (mut book, payment) = (book(), PaymentId::generate());
            let id = held(&mut book, 1, 300);
            book.begin_payment(id, payment, at(0)).unwrap();
            assert_eq!(book.expire(id, at(2_000)), Ok(Step::Done(EventType::ReservationExpired)));
            assert!(book.awaits(id, payment));
            if reject {
                assert_eq!(book.reject(id, payment, None), Ok(Step::Done(EventType::ConfirmationRejected)));
                assert_eq!(book.refunded(id, payment), Ok(Step::Done(EventType::ReservationCancelled)));
            } else {
                assert_eq!(book.confirm(id, payment, PAID), Ok(Step::Done(EventType::ReservationConfirmed)));
            }
        }
    }

    #[test]
    fn a_payment_decided_after_the_alarm_is_still_told() {
        let (mut book, payment) = (book(), PaymentId::generate());
        let id = held(&mut book, 1, 300);
        book.begin_payment(id, payment, at(0)).unwrap();
        book.expire(id, at(2_000)).unwrap();
        assert_eq!(book.payment_failed(id, payment, at(2_001)), Ok(Step::Done(EventType::ReservationExpired)));
        assert_eq!(book.get(id).unwrap().payment_status, PaymentOutcome::Failed);
        assert_eq!(book.payment_failed(id, payment, at(2_002)), Ok(Step::AlreadyDone));
    }

    #[test]
    fn a_buyer_who_has_moved_on_does_not_get_the_late_seats_too() {
        let (mut book, payment) = (book(), PaymentId::generate());
        let first = held(&mut book, 1, 300);
        book.begin_payment(first, payment, at(0)).unwrap();
        assert!(!book.is_superseded(first));
        book.expire(first, at(2_000)).unwrap();
        assert!(!book.is_superseded(first));
        let second = held(&mut book, 1, 2_300);
        assert!(book.is_superseded(first) && !book.is_superseded(second));
        book.release(second).unwrap();
        assert!(!book.is_superseded(first));
    }

    #[test]
    fn tidying_keeps_what_was_paid_and_the_latest_of_the_rest() {
        let mut book = book();
        let paid = held(&mut book, 1, 300);
        let payment = PaymentId::generate();
        book.begin_payment(paid, payment, at(0)).unwrap();
        book.confirm(paid, payment, PAID).unwrap();
        let dead: Vec<_> = (0..10).map(|_| held(&mut book, 1, 300)).collect();
        for &id in &dead {
            book.release(id).unwrap();
        }
        book.tidy(dead[0], 0);
        assert!(book.get(paid).is_some() && book.get(dead[0]).is_some() && book.get(dead[9]).is_some());
        assert_eq!(book.reservations.len(), 2 + DEAD_KEPT);
        for (key, reservation) in [("gone", dead[1]), ("kept", dead[9])] {
            book.keys.insert(key.into(), KeyUse { reservation, fingerprint: String::new(), at: 9 });
        }
        book.tidy(dead[0], 9);
        assert_eq!(book.keys.keys().collect::<Vec<_>>(), ["kept"]);
        book.tidy(dead[0], 10);
        assert!(book.keys.is_empty());
    }

    #[derive(Debug, Clone)]
    enum Action {
        Begin(u8),
        Confirm(u8),
        Reject(u8),
        Fail(u8),
        Expire,
        Release,
        Cancel,
        Refunded(u8),
    }

    fn action() -> impl Strategy<Value = Action> {
        prop_oneof![
            (0..3_u8).prop_map(Action::Begin),
            (0..3_u8).prop_map(Action::Confirm),
            (0..3_u8).prop_map(Action::Reject),
            (0..3_u8).prop_map(Action::Fail),
            Just(Action::Expire),
            Just(Action::Release),
            Just(Action::Cancel),
            (0..3_u8).prop_map(Action::Refunded),
        ]
    }

    proptest! {
        /// Whatever happens in whatever order: versions grow by one with every event, refusals and repeats change
        /// nothing, and only a payment that was entered can confirm.
        #[test]
        fn transitions_are_versioned_and_refusals_change_nothing(
            actions in proptest::collection::vec((action(), 0_i64..2_000), 0..30),
        ) {
            let mut book = book();
            let id = held(&mut book, 2, 300);
            let payments = [PaymentId::generate(), PaymentId::generate(), PaymentId::generate()];
            let mut entered = std::collections::BTreeSet::new();
            for (action, second) in actions {
                let before = book.get(id).unwrap().clone();
                let now = at(second);
                let step = match action {
                    Action::Begin(p) => {
                        let step = book.begin_payment(id, payments[p as usize], now);
                        if matches!(step, Ok(Step::Done(_))) {
                            entered.insert(p);
                        }
                        step
                    }
                    Action::Confirm(p) => {
                        let step = book.confirm(id, payments[p as usize], PAID);
                        prop_assert!(!matches!(step, Ok(Step::Done(_))) || entered.contains(&p));
                        step
                    }
                    Action::Reject(p) => book.reject(id, payments[p as usize], None),
                    Action::Fail(p) => book.payment_failed(id, payments[p as usize], now),
                    Action::Expire => book.expire(id, now),
                    Action::Release => book.release(id),
                    Action::Cancel => book.cancel(id, before.version, at(1_500), now),
                    Action::Refunded(p) => book.refunded(id, payments[p as usize]),
                };
                let after = book.get(id).unwrap();
                match step {
                    Ok(Step::Done(_)) => prop_assert_eq!(after.version, before.version + 1),
                    Ok(Step::AlreadyDone) | Err(_) => prop_assert_eq!(after, &before),
                }
            }
        }
    }
}
