//! Keys and items of the table.
//!
//! | `pk` | `sk` | attributes | on the board (`rankingPk`, `score`) |
//! |---|---|---|---|
//! | `GENERATIONS` | `GENERATIONS` | `live`, `building` | |
//! | `<g>#EVT#<event>` | `EVT` | `eventId`, `facts`, `tickets`, `revision` | `<g>#SALES#ALL`, tickets |
//! | `<g>#EVT#<event>` | `SALES#<window>` | `eventId` | `<g>#SALES#<window>`, tickets |
//! | `<g>#EVT#<event>` | `OUT#<performance>` | `at`, `day`, `seconds` | |
//! | `<g>#EVT#<event>` | `SELLOUT#<window>` | `eventId`, `performanceId`, `soldOutAt` | `<g>#SELLOUT#<window>`, seconds |
//! | `<g>#PRF#<performance>` | `PRF` | those of [`PerformanceSales`] | |
//! | `<g>#RSV#<reservation>` | `RSV` | those of [`Mark`] | |
//! | `<g>#WAIT#<performance>` | `<reservation>#<outcome>` | those of [`Sale`]: the performance is not known yet | |
//!
//! `<g>` is the generation. What counts nothing has no item: no tickets in a window, nothing sold out. So two generations
//! that have heard the same are equal item by item.

use contracts::ids::{EventId, PerformanceId, ReservationId};
use kit::dynamo::{Item, PK, SK, StoreError, key, n, s};

use crate::domain::{By, Fastest, Generation, Mark, Outcome, PerformanceSales, Sale, SoldOut, Tally, Window};

pub(super) const GENERATIONS: &str = "GENERATIONS";
pub(super) const LIVE: &str = "live";
pub(super) const BUILDING: &str = "building";

/// The index of the boards.
pub(super) const RANKING: &str = "ranking";
pub(super) const RANKING_PK: &str = "rankingPk";
pub(super) const SCORE: &str = "score";

pub(super) const EVENT_ID: &str = "eventId";
pub(super) const PERFORMANCE_ID: &str = "performanceId";
pub(super) const SOLD_OUT_AT: &str = "soldOutAt";
pub(super) const FACTS: &str = "facts";
pub(super) const REVISION: &str = "revision";
pub(super) const TALLY_SK: &str = "EVT";
pub(super) const OUT_PREFIX: &str = "OUT#";

pub(super) fn generations_key() -> Item {
    key(GENERATIONS, GENERATIONS)
}

pub(super) fn event_pk(generation: Generation, event: EventId) -> String {
    format!("{generation}#EVT#{event}")
}

pub(super) fn tally_key(generation: Generation, event: EventId) -> Item {
    key(event_pk(generation, event), TALLY_SK)
}

pub(super) fn performance_key(generation: Generation, performance: PerformanceId) -> Item {
    key(format!("{generation}#PRF#{performance}"), "PRF")
}

pub(super) fn mark_key(generation: Generation, reservation: ReservationId) -> Item {
    key(format!("{generation}#RSV#{reservation}"), "RSV")
}

pub(super) fn count_key(generation: Generation, event: EventId, window: Window) -> Item {
    key(event_pk(generation, event), format!("SALES#{window}"))
}

fn sold_out_key(generation: Generation, event: EventId, performance: PerformanceId) -> Item {
    key(event_pk(generation, event), format!("{OUT_PREFIX}{performance}"))
}

fn fastest_key(generation: Generation, event: EventId, window: Window) -> Item {
    key(event_pk(generation, event), format!("SELLOUT#{window}"))
}

pub(super) fn waiting_pk(generation: Generation, performance: PerformanceId) -> String {
    format!("{generation}#WAIT#{performance}")
}

/// The partition of the index that ranks events by this in this window.
pub(super) fn board(generation: Generation, by: By, window: Window) -> String {
    match by {
        By::Sales => format!("{generation}#SALES#{window}"),
        By::Sellout => format!("{generation}#SELLOUT#{window}"),
    }
}

/// The generation that an item belongs to, and its key without it; `None` for those that belong to none.
pub(super) fn parted(item: &Item) -> Option<(Generation, &str, &str)> {
    let text = |name: &str| item.get(name).and_then(|value| value.as_s().ok());
    let (generation, rest) = text(PK)?.split_once('#')?;
    Some((Generation::parse(generation)?, rest, text(SK)?))
}

pub(super) fn tally_item(generation: Generation, event: EventId, tally: &Tally) -> Result<Item, StoreError> {
    let mut item: Item = serde_dynamo::to_item(tally)?;
    item.extend(tally_key(generation, event));
    item.insert(EVENT_ID.to_owned(), s(event.to_string()));
    if tally.tickets > 0 {
        item.extend(place(&board(generation, By::Sales, Window::All), tally.tickets));
    }
    Ok(item)
}

pub(super) fn performance_item(
    generation: Generation,
    performance: PerformanceId,
    sales: &PerformanceSales,
) -> Result<Item, StoreError> {
    let mut item: Item = serde_dynamo::to_item(sales)?;
    item.extend(performance_key(generation, performance));
    Ok(item)
}

pub(super) fn mark_item(generation: Generation, reservation: ReservationId, mark: &Mark) -> Result<Item, StoreError> {
    let mut item: Item = serde_dynamo::to_item(mark)?;
    item.extend(mark_key(generation, reservation));
    Ok(item)
}

pub(super) fn waiting_item(generation: Generation, sale: &Sale) -> Result<Item, StoreError> {
    let outcome = match sale.outcome {
        Outcome::Confirmed => "CONFIRMED",
        Outcome::Cancelled => "CANCELLED",
    };
    let mut item: Item = serde_dynamo::to_item(sale)?;
    item.extend(key(waiting_pk(generation, sale.performance_id), format!("{}#{outcome}", sale.reservation_id)));
    Ok(item)
}

/// What becomes of an item: its new content, or its end.
pub(super) enum Change {
    Put(Item),
    Delete(Item),
}

pub(super) fn count_change(generation: Generation, event: EventId, window: Window, tickets: u64) -> Change {
    let mut item = count_key(generation, event, window);
    if tickets == 0 {
        return Change::Delete(item);
    }
    item.insert(EVENT_ID.to_owned(), s(event.to_string()));
    item.extend(place(&board(generation, By::Sales, window), tickets));
    Change::Put(item)
}

pub(super) fn sold_out_change(
    generation: Generation,
    event: EventId,
    performance: PerformanceId,
    sold_out: Option<&SoldOut>,
) -> Result<Change, StoreError> {
    let key = sold_out_key(generation, event, performance);
    let Some(sold_out) = sold_out else { return Ok(Change::Delete(key)) };
    let mut item: Item = serde_dynamo::to_item(sold_out)?;
    item.extend(key);
    Ok(Change::Put(item))
}

pub(super) fn fastest_change(
    generation: Generation,
    event: EventId,
    window: Window,
    fastest: Option<&Fastest>,
) -> Change {
    let mut item = fastest_key(generation, event, window);
    let Some((performance, sold_out)) = fastest else { return Change::Delete(item) };
    item.insert(EVENT_ID.to_owned(), s(event.to_string()));
    item.insert(PERFORMANCE_ID.to_owned(), s(performance.to_string()));
    item.insert(SOLD_OUT_AT.to_owned(), s(sold_out.at.to_string()));
    item.extend(place(&board(generation, By::Sellout, window), sold_out.seconds));
    Change::Put(item)
}

fn place(board: &str, score: u64) -> Item {
    Item::from([(RANKING_PK.to_owned(), s(board)), (SCORE.to_owned(), n(score))])
}
