//! `GET /seats/events/{eventId}`: which seats of a performance are free, held, sold.
//!
//! The geometry is the layout's and never changes; this is its state, two bits a seat: 20,000 seats are 5 KB.

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use booking::domain::mark::SeatState;
use booking::domain::occupancy::Counts;
use booking::domain::sale::Sale;
use booking::look::{self, Snapshot};
use contracts::ids::{LayoutId, PerformanceId, TicketTypeId};
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::{Problem, Violation};
use serde::{Deserialize, Serialize};

use crate::App;

/// How long anybody may answer from the same map, in seconds.
const CACHE_SECONDS: u32 = 1;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Query {
    performance_id: Option<PerformanceId>,
    expand: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct SeatMap<'a> {
    performance_id: PerformanceId,
    layout_id: Option<LayoutId>,
    version: i64,
    ticket_types: Vec<TicketTypeView<'a>>,
    availability: Availability<'a>,
    counts: CountsView,
    #[serde(skip_serializing_if = "Option::is_none")]
    seats: Option<Vec<SeatView<'a>>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct TicketTypeView<'a> {
    id: TicketTypeId,
    name: &'a str,
    price: i64,
    currency: &'a str,
    section_ids: &'a [String],
    quota: Option<u32>,
}

#[derive(Debug, Serialize)]
struct Availability<'a> {
    encoding: &'static str,
    blocks: BTreeMap<&'a str, String>,
}

/// How many seats are in which state, as the API counts them.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct CountsView {
    total: u32,
    free: u32,
    held: u32,
    sold: u32,
    not_for_sale: u32,
}

#[derive(Debug, Serialize)]
struct SeatView<'a> {
    id: &'a str,
    label: &'a str,
    row: Option<&'a str>,
    section: &'a str,
    price: Option<i64>,
    status: &'static str,
}

/// Answers the request.
///
/// # Errors
/// 404 for an event without such a published performance.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let query: Query = call.query()?;
    let expand = match query.expand.as_deref() {
        None => false,
        Some("seats") => true,
        Some(_) => {
            return Err(Problem::invalid(vec![Violation {
                pointer: "/expand".into(),
                detail: "may be 'seats'".into(),
            }]));
        }
    };
    let now = Timestamp::now();
    let (event, wanted) = (call.path_id("eventId")?, query.performance_id);
    let sale = look::sale_of_event(&app.store, &app.sales, &app.snapshots, event, wanted, now).await?;
    let snapshot = app.snapshots.get(&app.store, sale.performance.id, now).await?;
    Ok(Reply::ok(&seat_map(&sale, &snapshot, expand, now.as_second()))?.cached(CACHE_SECONDS))
}

fn seat_map<'a>(sale: &'a Sale, snapshot: &Snapshot, expand: bool, now: i64) -> SeatMap<'a> {
    let state = |place| snapshot.occupancy.state(sale, place, now);
    let blocks = sale.blocks.iter().enumerate().map(|(b, block)| {
        let states = (0..block.seats.len()).map(|slot| state((b, slot)));
        (block.id.as_str(), pack(states))
    });
    let Counts { total, free, held, sold, not_for_sale } = snapshot.occupancy.counts(sale, None, now);
    SeatMap {
        performance_id: sale.performance.id,
        layout_id: sale.performance.layout_id,
        version: snapshot.read_at.as_millisecond(),
        ticket_types: sale
            .terms
            .ticket_types
            .iter()
            .map(|ticket_type| TicketTypeView {
                id: ticket_type.id,
                name: &ticket_type.name,
                price: ticket_type.price,
                currency: &sale.terms.currency,
                section_ids: &ticket_type.section_ids,
                quota: ticket_type.quota,
            })
            .collect(),
        availability: Availability { encoding: "2bit-base64", blocks: blocks.collect() },
        counts: CountsView { total, free, held, sold, not_for_sale },
        seats: expand.then(|| seats(sale, &state)),
    }
}

fn seats<'a>(sale: &'a Sale, state: &dyn Fn((usize, usize)) -> SeatState) -> Vec<SeatView<'a>> {
    let mut all = Vec::new();
    for (b, block) in sale.blocks.iter().enumerate() {
        let price = block.ticket_type.map(|class| sale.terms.ticket_types[class].price);
        for (slot, seat) in block.seats.iter().enumerate() {
            let status = match state((b, slot)) {
                SeatState::Free => "FREE",
                SeatState::Held => "HELD",
                SeatState::Sold => "SOLD",
                SeatState::NotForSale => "NOT_FOR_SALE",
            };
            let row = Some(seat.row.as_str()).filter(|row| !row.is_empty());
            all.push(SeatView { id: &seat.id, label: &seat.label, row, section: &block.section, price, status });
        }
    }
    all
}

/// Two bits a seat, the first seat in the lowest two of the first byte.
fn pack(states: impl Iterator<Item = SeatState>) -> String {
    let mut bytes = Vec::new();
    for (slot, state) in states.enumerate() {
        let bits: u8 = match state {
            SeatState::Free => 0,
            SeatState::Held => 1,
            SeatState::Sold => 2,
            SeatState::NotForSale => 3,
        };
        if slot % 4 == 0 {
            bytes.push(0);
        }
        if let Some(byte) = bytes.last_mut() {
            *byte |= bits << (slot % 4 * 2);
        }
    }
    STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packs_four_seats_a_byte_lowest_first() {
        use SeatState::{Free, Held, NotForSale, Sold};
        let packed = pack([Held, Free, Sold, NotForSale, Sold].into_iter());
        assert_eq!(STANDARD.decode(packed).unwrap(), [0b11_10_00_01, 0b10]);
        assert_eq!(pack(std::iter::empty()), "");
    }
}
