//! Taking seats that the buyer chose.
//!
//! Seats first, book second. A lost race costs one refused write and touches nobody's book; a reservation on record
//! always has its seats; a crash between the two leaves marks that lapse after five minutes, or that the same request
//! sent again takes over.
//!
//! In a guarded sale it is looked up beside the marking whether the buyer's admission is over. If it is, the buyer's
//! book is told so before the seats are given back: the same request, sent twice at once, cannot get on record with
//! them then.

use contracts::booking::{Admission, PaymentOutcome, ReservationLine, ReservationState, ReservationStatus};
use contracts::ids::{AdmissionId, PerformanceId, ReservationId, UserId};
use jiff::Timestamp;
use kit::dynamo::StoreError;
use kit::idempotency::IdempotentRequest;
use sha2::{Digest as _, Sha256};

use crate::domain::admission::{Denial, Entry};
use crate::domain::book::{BookId, BuyerBook, HOLD_SECONDS};
use crate::domain::mark::Mark;
use crate::domain::sale::Sale;
use crate::dynamodb::{Change, Hold, Store, Taken};
use crate::{BookingError, sales};

/// A request for seats.
#[derive(Debug, Clone)]
pub struct HoldRequest<'a> {
    /// Who wants them.
    pub user: UserId,
    /// The caller's idempotency key, if one was sent.
    pub key: Option<&'a IdempotentRequest>,
    /// By what right.
    pub entry: Entry,
}

/// Holds the seats with these ids, all or none.
///
/// # Errors
/// Unknown seats, seats lost to others, the buyer's limit, another pending reservation, a closed sale, a reused key, no
/// admission to a guarded sale.
pub async fn seats(
    store: &Store,
    sale: &Sale,
    request: &HoldRequest<'_>,
    seat_ids: &[String],
    now: Timestamp,
) -> Result<ReservationState, BookingError> {
    let places: Vec<_> = seat_ids.iter().map(|id| sale.place(id)).collect();
    let unknown: Vec<_> = (0..places.len()).filter(|&at| places[at].is_none()).collect();
    if !unknown.is_empty() {
        return Err(BookingError::UnknownSeats(unknown));
    }
    let places: Vec<_> = places.into_iter().flatten().collect();
    let lines = sale.lines(&places).map_err(|unsold| {
        BookingError::SeatsUnavailable(unsold.into_iter().map(|place| sale.seat(place).id.clone()).collect())
    })?;
    lines_of(store, sale, request, lines, now).await
}

/// Holds the seats of these lines, all or none.
///
/// # Errors
/// As [`seats`].
pub async fn lines_of(
    store: &Store,
    sale: &Sale,
    request: &HoldRequest<'_>,
    lines: Vec<ReservationLine>,
    now: Timestamp,
) -> Result<ReservationState, BookingError> {
    sales::may_hold(sale, now)?;
    let admission = match request.entry {
        Entry::Open => None,
        Entry::Admitted(admission) => Some(admission),
        Entry::Denied(denial) => return answered_before(store, sale, request, denial).await,
    };
    let performance = sale.performance.id;
    let count: usize = lines.iter().map(|line| line.seats.len()).sum();
    let limit = sale.terms.buyer_limit;
    let room = i64::from(limit) - i64::try_from(count).unwrap_or(i64::MAX);
    if room < 0 {
        return Err(BookingError::BuyerLimitExceeded(limit));
    }
    let mut reservation = ReservationState {
        id: reservation_id(request, performance, now),
        version: 1,
        user_id: request.user,
        performance_id: performance,
        status: ReservationStatus::Pending,
        payment_status: PaymentOutcome::None,
        lines,
        currency: sale.terms.currency.clone(),
        expires_at: now.as_second() + HOLD_SECONDS,
        attempt: 0,
        payment_id: None,
        cancelled_by: None,
        paid: None,
        admission,
    };

    let change = Change::Take { mark: Mark::of_hold(&reservation), now: now.as_second() };
    let marking = store.mark(performance, &reservation.lines, change);
    let (marked, over) = futures_util::future::join(marking, over(store, &reservation)).await;
    let (marked, over) = (marked?, over?);
    if let Err(taken) = marked {
        match same_request_before(store, request, &reservation, &taken).await {
            Ok(Before::Answered(earlier)) => return Ok(*earlier),
            Ok(Before::Interrupted { expires_at }) => reservation.expires_at = expires_at,
            Err(BookingError::SeatsUnavailable(_) | BookingError::RequestInProgress) if over.is_some() => {
                return answered_before(store, sale, request, Denial::Ended).await;
            }
            Err(error) => return Err(error),
        }
    }

    let key = request.key.map(|request| (request.key.as_str(), request.fingerprint.as_str()));
    // When the answer does not come it may be in the book or not: the marks stay, and lapse if nobody asks for them.
    let written = match over {
        Some(admission) => Err(store.end_admission(book_of(request, performance), admission).await?),
        None => store.hold(&Hold { reservation: &reservation, room, key }, now).await?,
    };
    let Err(book) = written else {
        return Ok(reservation);
    };
    if book.get(reservation.id).is_some_and(|stored| *stored == reservation) {
        // Our own write, whose answer was lost on the way and which the client library sent again.
        return Ok(reservation);
    }
    let earlier = earlier_answer(&book, request.key);
    // The same request, sent twice at once: the one that is on record took these very seats, and they are its own for as
    // long as it lives, whatever mark they carry by now.
    let on_record = matches!(&earlier, Ok(Some(earlier))
        if earlier.lines == reservation.lines && lives(earlier, now));
    if !on_record {
        store.free(performance, &reservation.lines, Mark::of_hold(&reservation)).await?;
    }
    match (earlier?, book.pending()) {
        (Some(earlier), _) => Ok(earlier),
        (None, _) if admission.is_some_and(|admission| book.has_ended(admission.id)) => {
            Err(BookingError::AdmissionRequired(Denial::Ended))
        }
        (None, Some((pending, until))) if until > now.as_second() => Err(BookingError::ReservationPending(pending)),
        _ => Err(BookingError::BuyerLimitExceeded(limit)),
    }
}

/// The reservation's admission, if it is known to be over.
async fn over(store: &Store, reservation: &ReservationState) -> Result<Option<AdmissionId>, StoreError> {
    let Some(Admission { id, event_id }) = reservation.admission else { return Ok(None) };
    let ended = store.ended_admission(event_id, reservation.user_id).await?;
    Ok(ended.is_some_and(|ended| id <= ended).then_some(id))
}

/// What somebody without an admission is told: the answer that the same request has had already, which may be why the
/// admission is over; otherwise that they need one.
///
/// # Errors
/// As just said, or when the request's key came with another body.
pub(crate) async fn answered_before(
    store: &Store,
    sale: &Sale,
    request: &HoldRequest<'_>,
    denial: Denial,
) -> Result<ReservationState, BookingError> {
    let denied = BookingError::AdmissionRequired(denial);
    if request.key.is_none() {
        return Err(denied);
    }
    let book = store.book(book_of(request, sale.performance.id)).await?;
    earlier_answer(&book, request.key)?.ok_or(denied)
}

const fn book_of(request: &HoldRequest<'_>, performance: PerformanceId) -> BookId {
    BookId { user: request.user, performance }
}

fn lives(reservation: &ReservationState, now: Timestamp) -> bool {
    match reservation.status {
        ReservationStatus::Pending | ReservationStatus::Paying => reservation.held_until() > now.as_second(),
        ReservationStatus::Confirmed | ReservationStatus::Cancelling => true,
        ReservationStatus::Rejected
        | ReservationStatus::Cancelled
        | ReservationStatus::Released
        | ReservationStatus::Expired => false,
    }
}

enum Before {
    /// It has an answer already.
    Answered(Box<ReservationState>),
    /// It took the seats and went no further; they are ours to use, until then.
    Interrupted { expires_at: i64 },
}

/// The seats were taken: by others, or by this very request, sent before?
async fn same_request_before(
    store: &Store,
    request: &HoldRequest<'_>,
    reservation: &ReservationState,
    taken: &[Taken],
) -> Result<Before, BookingError> {
    let ours = |taken: &Taken| taken.mark.is_some_and(|mark| mark.is_of(reservation.id));
    let lost: Vec<_> = taken.iter().filter(|taken| !ours(taken)).map(|taken| taken.seat_id.clone()).collect();
    if lost.len() == taken.len() {
        return Err(BookingError::SeatsUnavailable(lost));
    }
    let id = book_of(request, reservation.performance_id);
    if let Some(earlier) = earlier_answer(&store.book(id).await?, request.key)? {
        return Ok(Before::Answered(Box::new(earlier)));
    }
    // All seats with one mark: the earlier request wanted the same ones and got no further. Anything else: the key is
    // in use by a request for other seats that has not been answered yet.
    let until = taken.first().and_then(|first| first.mark).map(Mark::until);
    match until {
        Some(expires_at)
            if taken.len() == reservation.seat_count()
                && taken.iter().all(|taken| taken.mark == Some(Mark::held(reservation.id, expires_at))) =>
        {
            Ok(Before::Interrupted { expires_at })
        }
        _ => Err(BookingError::RequestInProgress),
    }
}

/// What the same request was answered before, if it came with a key and was.
///
/// # Errors
/// [`BookingError::KeyReused`] when its key came with another body.
pub(crate) fn earlier_answer(
    book: &BuyerBook,
    request: Option<&IdempotentRequest>,
) -> Result<Option<ReservationState>, BookingError> {
    let Some(request) = request else {
        return Ok(None);
    };
    let Some(used) = book.keys.get(request.key.as_str()) else {
        return Ok(None);
    };
    if used.fingerprint != request.fingerprint.as_str() {
        return Err(BookingError::KeyReused);
    }
    Ok(book.get(used.reservation).cloned())
}

/// A new id. Requests with the same key get ids with the same random part, so that their marks know each other.
fn reservation_id(request: &HoldRequest<'_>, performance: PerformanceId, now: Timestamp) -> ReservationId {
    let Some(key) = request.key else {
        return ReservationId::generate();
    };
    let text = format!("{}\n{performance}\n{}", request.user, key.key.as_str());
    let digest = Sha256::digest(text.as_bytes());
    let mut random = [0; 10];
    random.copy_from_slice(&digest[..10]);
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    ReservationId::from_uuid(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
}
