//! Taking seats by price class: the service chooses, by quota or the best ones left.

use std::collections::HashSet;

use contracts::booking::ReservationState;
use contracts::ids::TicketTypeId;
use jiff::Timestamp;

use crate::domain::admission::Entry;
use crate::domain::book::BookId;
use crate::domain::choice;
use crate::domain::mark::SeatState;
use crate::domain::occupancy::Occupancy;
use crate::domain::sale::{Place, Sale};
use crate::dynamodb::Store;
use crate::hold::{self, HoldRequest};
use crate::{BookingError, sales};

/// How often seats are chosen anew when others took the chosen ones first.
const TRIES: u32 = 8;

/// How many of the best groups a buyer's is picked from, for each time others were faster: in a rush everybody sees the
/// same best group, and only one can have it.
const SPREAD: usize = 12;

/// So many tickets of a price class.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// Which one.
    pub ticket_type: TicketTypeId,
    /// How many.
    pub quantity: usize,
}

/// How to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seating {
    /// Side by side if there are such seats, apart otherwise.
    Preferably,
    /// Side by side or not at all.
    Adjacent,
    /// Wherever it is best.
    Anywhere,
}

/// Holds the best seats left.
///
/// `random` answers a number below the one it is given; it decides between equally good choices.
///
/// # Errors
/// As [`hold::seats`]; [`BookingError::SoldOut`] when not enough is left.
pub async fn reserve(
    store: &Store,
    sale: &Sale,
    request: &HoldRequest<'_>,
    wanted: &[Wanted],
    seating: Seating,
    now: Timestamp,
    random: &(dyn Fn(usize) -> usize + Sync),
) -> Result<ReservationState, BookingError> {
    let mut classes = Vec::with_capacity(wanted.len());
    for (at, want) in wanted.iter().enumerate() {
        classes.push((sale.ticket_type(want.ticket_type).ok_or(BookingError::UnknownTicketType(at))?, want.quantity));
    }
    sales::may_hold(sale, now)?;
    if let Entry::Denied(denial) = request.entry {
        return hold::answered_before(store, sale, request, denial).await;
    }
    let performance = sale.performance.id;
    let mut seen = None;
    if request.key.is_some() {
        // The service chooses: sent again, the request may not choose anew. One read, for callers that sent a key,
        // beside those that are needed unless it was.
        let id = BookId { user: request.user, performance };
        let (book, occupancy) = futures_util::future::join(store.book(id), store.occupancy(performance)).await;
        if let Some(earlier) = hold::earlier_answer(&book?, request.key)? {
            return Ok(earlier);
        }
        seen = Some(occupancy?);
    }
    for attempt in 0..TRIES {
        let occupancy = match seen.take() {
            Some(occupancy) => occupancy,
            None => store.occupancy(performance).await?,
        };
        let spread = if attempt == 0 { 1 } else { SPREAD * attempt as usize };
        let places = choose(sale, &occupancy, &classes, seating, now, spread, random).ok_or(BookingError::SoldOut)?;
        let lines = sale.lines(&places).map_err(|_| BookingError::SoldOut)?;
        match hold::lines_of(store, sale, request, lines, now).await {
            // Which seats they were is nobody's business: the buyer has not chosen them.
            Err(BookingError::SeatsUnavailable(_)) => {}
            outcome => return outcome,
        }
    }
    Err(BookingError::SoldOut)
}

fn choose(
    sale: &Sale,
    occupancy: &Occupancy,
    classes: &[(usize, usize)],
    seating: Seating,
    now: Timestamp,
    spread: usize,
    random: &dyn Fn(usize) -> usize,
) -> Option<Vec<Place>> {
    let mut chosen: HashSet<Place> = HashSet::new();
    let mut places = Vec::new();
    for &(class, quantity) in classes {
        let is_free =
            |place: Place| !chosen.contains(&place) && occupancy.state(sale, place, now.as_second()) == SeatState::Free;
        let more = if sale.terms.ticket_types[class].quota.is_some() {
            admissions(sale, class, quantity, &is_free, random)?
        } else {
            let together = match seating {
                Seating::Anywhere => Vec::new(),
                Seating::Adjacent | Seating::Preferably => choice::adjacent(sale, class, quantity, &is_free, spread),
            };
            match together.as_slice() {
                [] if seating == Seating::Adjacent => return None,
                [] => choice::scattered(sale, class, quantity, &is_free)?.places,
                groups => groups[random(groups.len())].places.clone(),
            }
        };
        chosen.extend(&more);
        places.extend(more);
    }
    Some(places)
}

/// Admissions of a quota: from a random block that has enough, so that a rush spreads over all of them; from several
/// when none has.
fn admissions(
    sale: &Sale,
    class: usize,
    quantity: usize,
    is_free: &dyn Fn(Place) -> bool,
    random: &dyn Fn(usize) -> usize,
) -> Option<Vec<Place>> {
    let mut free: Vec<Vec<Place>> = Vec::new();
    for (b, block) in sale.blocks.iter().enumerate().filter(|(_, block)| block.ticket_type == Some(class)) {
        let slots: Vec<_> = (0..block.seats.len()).map(|s| (b, s)).filter(|&place| is_free(place)).collect();
        if !slots.is_empty() {
            free.push(slots);
        }
    }
    let roomy: Vec<_> = free.iter().filter(|slots| slots.len() >= quantity).collect();
    if !roomy.is_empty() {
        let slots = roomy[random(roomy.len())];
        let start = random(slots.len());
        return Some((0..quantity).map(|step| slots[(start + step) % slots.len()]).collect());
    }
    let all: Vec<_> = free.into_iter().flatten().collect();
    (all.len() >= quantity).then(|| all[..quantity].to_vec())
}
