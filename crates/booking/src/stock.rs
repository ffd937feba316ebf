//! What is left: counted from the seats' marks while somebody waits, or kept and read, which is cheaper where there are
//! many performances to count.

use std::sync::Arc;

use contracts::ids::{EventId, PerformanceId, TicketTypeId};
use jiff::Timestamp;

use crate::BookingError;
use crate::domain::listing::Standing;
use crate::domain::sale::Sale;
use crate::domain::stock::{BookableDate, Stock, Tickets, bookable_dates, to_count};
use crate::dynamodb::Store;
use crate::look::Snapshots;
use crate::sales::Sales;

/// How many performances are counted while somebody waits: eight queries each. Of more, the kept counts are read, one
/// query for all, and no more than this many are counted that are missing there or overdue: there are most of those when
/// the counting lags, which is when the table has enough to do.
pub const MOST_LIVE: usize = 4;

/// Counts what is left of a performance anew and keeps it.
///
/// The revision is read first, then the seats, and the write is refused if somebody else wrote since. Whoever is refused
/// twice may stop: the second of those others read its revision, and the seats after it, later than this began. So
/// whatever was in the seats when this began is in what is kept when it ends, whatever the clocks say. Answers what was
/// counted, which has it too, and the terms it was counted by.
///
/// # Errors
/// [`BookingError::NotFound`] when the performance was never published or its layout has not arrived yet; when the table
/// does not answer.
pub async fn refresh(
    store: &Store,
    sales: &Sales,
    id: PerformanceId,
    now: Timestamp,
) -> Result<(Arc<Sale>, Stock), BookingError> {
    // A performance never changes its event, so this may come from memory. Its terms below may not.
    let event = sales.get(store, id, now).await?.performance.event_id;
    let first = store.stock_revision(event, id).await?;
    let mut revision = first;
    loop {
        let sale = sales.present(store, id, now).await?;
        let occupancy = store.present_occupancy(id).await?;
        let stock = Stock::count(&sale, &occupancy, now.as_second());
        if store.put_stock(&stock, revision).await? || revision > first {
            return Ok((sale, stock));
        }
        revision = store.stock_revision(event, id).await?;
        if revision > first + 1 {
            return Ok((sale, stock));
        }
    }
}

/// What is left of a ticket type, for each of its performances.
///
/// # Errors
/// [`BookingError::NotFound`] when no published performance sells it.
pub async fn availability(
    store: &Store,
    sales: &Sales,
    snapshots: &Snapshots,
    ticket_type: TicketTypeId,
    now: Timestamp,
) -> Result<Vec<(PerformanceId, Tickets)>, BookingError> {
    let (event, performances) = store.performances_of_ticket_type(ticket_type).await?;
    let kept = match event {
        Some(event) if performances.len() > MOST_LIVE => Some(snapshots.showings(store, event, now).await?),
        _ => None,
    };
    let kept = kept.as_ref().map_or(&[][..], |showings| &showings.stocks);
    let stocks = stocks(store, sales, snapshots, &performances, kept, now).await?;
    // A performance that was published again may sell other types than before.
    let sold = stocks.iter().filter_map(|stock| Some((stock.performance, *stock.tickets.get(&ticket_type)?)));
    let all: Vec<_> = sold.collect();
    if all.is_empty() { Err(BookingError::NotFound) } else { Ok(all) }
}

/// The days on which tickets of an event are left, of one type or of any.
///
/// # Errors
/// [`BookingError::NotFound`] when no performance of the event is published.
pub async fn dates(
    store: &Store,
    sales: &Sales,
    snapshots: &Snapshots,
    event: EventId,
    ticket_type: Option<TicketTypeId>,
    now: Timestamp,
) -> Result<Vec<BookableDate>, BookingError> {
    let showings = snapshots.showings(store, event, now).await?;
    let kept = if showings.performances.len() > MOST_LIVE { showings.stocks.as_slice() } else { &[] };
    let stocks = stocks(store, sales, snapshots, &showings.performances, kept, now).await?;
    if stocks.is_empty() { Err(BookingError::NotFound) } else { Ok(bookable_dates(&stocks, ticket_type, now)) }
}

/// What is left of each of these performances: counted where nothing is kept of it or what is kept is overdue, as far as
/// [`MOST_LIVE`] goes, otherwise as it is kept. Left out are the withdrawn ones and those of which there is neither.
async fn stocks(
    store: &Store,
    sales: &Sales,
    snapshots: &Snapshots,
    performances: &[PerformanceId],
    kept: &[Stock],
    now: Timestamp,
) -> Result<Vec<Stock>, BookingError> {
    let live = to_count(performances, kept, MOST_LIVE, now.as_second());
    let mut all = Vec::with_capacity(performances.len());
    for &id in performances {
        let counted = if live.contains(&id) { count(store, sales, snapshots, id, now).await? } else { None };
        let stock = counted.or_else(|| kept.iter().find(|stock| stock.performance == id).cloned());
        all.extend(stock.filter(|stock| stock.standing != Standing::Withdrawn));
    }
    Ok(all)
}

async fn count(
    store: &Store,
    sales: &Sales,
    snapshots: &Snapshots,
    id: PerformanceId,
    now: Timestamp,
) -> Result<Option<Stock>, BookingError> {
    let sale = match sales.get(store, id, now).await {
        // Its index entry is written before itself, or it came before its layout: it is about to be published.
        Err(BookingError::NotFound) => return Ok(None),
        sale => sale?,
    };
    let snapshot = snapshots.get(store, id, now).await?;
    Ok(Some(Stock::count(&sale, &snapshot.occupancy, now.as_second())))
}

/// The performance of an event that is shown when none is named: the next one to start that is on sale, else the next one,
/// else the last one.
pub(crate) async fn next_showing(
    store: &Store,
    sales: &Sales,
    snapshots: &Snapshots,
    event: EventId,
    now: Timestamp,
) -> Result<PerformanceId, BookingError> {
    let showings = snapshots.showings(store, event, now).await?;
    let mut all = Vec::with_capacity(showings.performances.len());
    for &id in &showings.performances {
        let kept = showings.stocks.iter().find(|stock| stock.performance == id);
        let (starts_at, standing) = match kept {
            Some(stock) => (stock.starts_at, stock.standing),
            None => match sales.get(store, id, now).await {
                Err(BookingError::NotFound) => continue,
                sale => sale.map(|sale: Arc<_>| (sale.performance.starts_at, sale.standing))?,
            },
        };
        if standing != Standing::Withdrawn {
            all.push((starts_at, id, standing));
        }
    }
    all.sort_by_key(|&(starts_at, id, _)| (starts_at, id));
    let comes = |&&(starts_at, ..): &&(Timestamp, PerformanceId, Standing)| starts_at > now;
    let next = all.iter().filter(comes).find(|(.., standing)| *standing == Standing::OnSale);
    let next = next.or_else(|| all.iter().find(comes)).or(all.last());
    next.map(|&(_, id, _)| id).ok_or(BookingError::NotFound)
}
