//! Taking seats by price class: the service chooses, by quota or the best ones left.
//!
//! It chooses by a reading of the marks that an environment shares for a second, as the map does: reading them all for
//! every request would be more than their partitions take, long before the writes are. What others took meanwhile
//! refuses the hold; those seats are left out then, and after [`SHARED_TRIES`] the marks are read anew.

use std::collections::HashSet;
use std::sync::Arc;

use contracts::booking::ReservationState;
use contracts::ids::TicketTypeId;
use jiff::Timestamp;

use crate::domain::admission::Entry;
use crate::domain::book::BookId;
pub use crate::domain::choice::Seating;
use crate::domain::choice::{choose, groups_to_choose_from};
use crate::domain::mark::SeatState;
use crate::domain::sale::{Place, Sale};
use crate::dynamodb::Store;
use crate::hold::{self, HoldRequest};
use crate::look::{Snapshot, Snapshots};
use crate::{BookingError, sales};

/// How often seats are chosen anew when others took the chosen ones first.
const TRIES: u32 = 11;

/// How many of these choices are made by the reading that is shared.
const SHARED_TRIES: u32 = 3;

/// So many tickets of a price class.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// Which one.
    pub ticket_type: TicketTypeId,
    /// How many.
    pub quantity: usize,
}

/// What is wanted, and how to choose it.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// Tickets of these price classes.
    pub wanted: &'a [Wanted],
    /// Together or not.
    pub seating: Seating,
}

/// Holds the best seats left.
///
/// `random` answers a number below the one it is given; it decides between equally good choices.
///
/// # Errors
/// As [`hold::seats`]; [`BookingError::SoldOut`] when not enough is left.
pub async fn reserve(
    store: &Store,
    snapshots: &Snapshots,
    sale: &Sale,
    request: &HoldRequest<'_>,
    order: Order<'_>,
    now: Timestamp,
    random: &(dyn Fn(usize) -> usize + Sync),
) -> Result<ReservationState, BookingError> {
    let mut classes = Vec::with_capacity(order.wanted.len());
    for (at, want) in order.wanted.iter().enumerate() {
        classes.push((sale.ticket_type(want.ticket_type).ok_or(BookingError::UnknownTicketType(at))?, want.quantity));
    }
    sales::may_hold(sale, now)?;
    if let Entry::Denied(denial) = request.entry {
        return hold::answered_before(store, sale, request, denial).await;
    }
    let performance = sale.performance.id;
    let read = snapshots.get(store, performance, now);
    let mut seen = if request.key.is_some() {
        // The service chooses: sent again, the request may not choose anew. One read, for callers that sent a key,
        // beside those that are needed unless it was.
        let id = BookId { user: request.user, performance };
        let (book, seen) = futures_util::future::join(store.book(id), read).await;
        if let Some(earlier) = hold::earlier_answer(&book?, request.key)? {
            return Ok(earlier);
        }
        seen?
    } else {
        read.await?
    };
    let second = now.as_second();
    let read_anew = async || {
        let occupancy = store.occupancy(performance).await?;
        Ok::<_, BookingError>(Arc::new(Snapshot { occupancy, read_at: now }))
    };
    let pick = |seen: &Snapshot, lost: &HashSet<Place>, attempt: u32| {
        let occupancy = &seen.occupancy;
        let is_free = |place: Place| !lost.contains(&place) && occupancy.state(sale, place, second) == SeatState::Free;
        let spread = |class: usize| groups_to_choose_from(attempt, occupancy.taken_lately(sale, class, second));
        choose(sale, &classes, order.seating, &is_free, &spread, random)
    };
    let mut lost: HashSet<Place> = HashSet::new();
    for attempt in 0..TRIES {
        if attempt >= SHARED_TRIES {
            seen = read_anew().await?;
        }
        let mut places = pick(&seen, &lost, attempt);
        if places.is_none() && attempt < SHARED_TRIES {
            // Somebody may have let go of seats since: nobody is told by an old reading that there are none.
            seen = read_anew().await?;
            lost.clear();
            places = pick(&seen, &lost, attempt);
        }
        let places = places.ok_or(BookingError::SoldOut)?;
        let lines = sale.lines(&places).map_err(|_| BookingError::SoldOut)?;
        match hold::lines_of(store, sale, request, lines, now).await {
            // Which seats they were is nobody's business: the buyer has not chosen them.
            Err(BookingError::SeatsUnavailable(ids)) => lost.extend(ids.iter().filter_map(|id| sale.place(id))),
            outcome => return outcome,
        }
    }
    Err(BookingError::SoldOut)
}
