//! A hall on sale, and what the tests ask of it.

use std::collections::HashMap;

use booking::BookingError;
use booking::domain::book::BookId;
use booking::domain::mark::SeatState;
use booking::dynamodb::Store;
use booking::hold::{self, HoldRequest};
use booking::sales::Sales;
use contracts::booking::{BeginPayment, PaymentStart, ReservationState};
use contracts::catalog::{Block, Geometry, LayoutState, PerformanceState, SaleTerms, Seat, Section, TicketTypeState};
use contracts::ids::{EventId, LayoutId, PaymentId, PerformanceId, TicketTypeId, UserId};
use jiff::{SignedDuration, Timestamp};
use kit::idempotency::{Fingerprint, IdempotencyKey, IdempotentRequest};
use testkit::TestTable;

pub const BUYER_LIMIT: u32 = 8;

/// Sections of rows of 20 seats, one block a row, ids `S<section>R<row>-<seat>`, and a quota of standing places.
pub struct Hall {
    pub table: TestTable,
    pub store: Store,
    pub sales: Sales,
    pub performance: PerformanceState,
    pub start: Timestamp,
}

impl Hall {
    pub async fn open(sections: usize, rows: usize, quota: u32) -> Self {
        let table = TestTable::like("BookingTable").await;
        let store = Store::new(table.client(), &table.name);
        let geometry = geometry(sections, rows);
        let layout = LayoutState {
            id: LayoutId::generate(),
            version: 1,
            name: "Hall".into(),
            seat_count: 1,
            geometry: contracts::geometry::pack(&geometry),
        };
        let start: Timestamp = "2026-06-01T11:00:00Z".parse().unwrap();
        let performance = published(&geometry, layout.id, quota, start);
        store.put_layout(&layout).await.unwrap();
        store.put_performance(&performance).await.unwrap();
        Self { table, store, sales: Sales::default(), performance, start }
    }

    pub fn at(&self, seconds: i64) -> Timestamp {
        self.start + SignedDuration::from_secs(seconds)
    }

    pub fn ticket_type(&self, index: usize) -> TicketTypeId {
        self.performance.terms.as_ref().unwrap().ticket_types[index].id
    }

    pub async fn hold(&self, user: UserId, seats: &[&str], seconds: i64) -> Result<ReservationState, BookingError> {
        self.hold_with(&self.store, user, None, seats, seconds).await
    }

    pub async fn hold_with(
        &self,
        store: &Store,
        user: UserId,
        key: Option<&IdempotentRequest>,
        seats: &[&str],
        seconds: i64,
    ) -> Result<ReservationState, BookingError> {
        let now = self.at(seconds);
        let sale = self.sales.get(&self.store, self.performance.id, now).await?;
        let seats: Vec<_> = seats.iter().map(|&seat| seat.to_owned()).collect();
        hold::seats(store, &sale, &HoldRequest { user, key }, &seats, now).await
    }

    pub async fn begin(&self, reservation: &ReservationState, payment: PaymentId, seconds: i64) -> PaymentStart {
        let call = BeginPayment {
            user_id: reservation.user_id,
            reservation_id: reservation.id,
            payment_id: payment,
            payable_min: 0,
            payable_max: i64::MAX,
            payable_currency: None,
        };
        booking::pay::begin(&self.store, &call, self.at(seconds)).await.unwrap()
    }

    pub async fn current(&self, reservation: &ReservationState) -> ReservationState {
        booking::look::reservation(&self.store, reservation.user_id, reservation.id).await.unwrap()
    }

    /// The state of every seat that is not free, by id.
    pub async fn taken(&self, seconds: i64) -> HashMap<String, SeatState> {
        let now = self.at(seconds);
        let sale = self.sales.get(&self.store, self.performance.id, now).await.unwrap();
        let occupancy = self.store.occupancy(self.performance.id).await.unwrap();
        let places = sale.blocks.iter().enumerate().flat_map(|(b, block)| (0..block.seats.len()).map(move |s| (b, s)));
        places
            .map(|place| (sale.seat(place).id.clone(), occupancy.state(&sale, place, now.as_second())))
            .filter(|(_, state)| *state != SeatState::Free)
            .collect()
    }

    pub fn book_of(&self, user: UserId) -> BookId {
        BookId { user, performance: self.performance.id }
    }
}

pub fn seat_ids(reservation: &ReservationState) -> Vec<String> {
    reservation.lines.iter().flat_map(|line| &line.seats).map(|seat| seat.id.clone()).collect()
}

pub fn key(name: &str, body: &str) -> IdempotentRequest {
    IdempotentRequest { key: IdempotencyKey::of(name), fingerprint: Fingerprint::of(&body.into()) }
}

fn geometry(sections: usize, rows: usize) -> Geometry {
    let row = |s: usize, r: usize| Block {
        id: format!("S{s}R{r}"),
        seats: (0..20)
            .map(|x| Seat {
                id: format!("S{s}R{r}-{x}"),
                label: (x + 1).to_string(),
                row: r.to_string(),
                x: f64::from(x),
                y: (s * rows + r) as f64,
                accessible: false,
            })
            .collect(),
    };
    let section = |s: usize| Section {
        id: format!("S{s}"),
        name: format!("Section {s}"),
        blocks: (0..rows).map(|r| row(s, r)).collect(),
    };
    Geometry { sections: (0..sections).map(section).collect() }
}

fn published(geometry: &Geometry, layout: LayoutId, quota: u32, start: Timestamp) -> PerformanceState {
    let event_id = EventId::generate();
    let ticket_type = |name: &str, price, section_ids, quota| TicketTypeState {
        id: TicketTypeId::generate(),
        version: 1,
        event_id,
        name: name.to_owned(),
        price,
        section_ids,
        quota,
        removed: false,
    };
    let mut ticket_types: Vec<_> = geometry
        .sections
        .iter()
        .map(|section| ticket_type(&section.name, 10_000, vec![section.id.clone()], None))
        .collect();
    ticket_types.push(ticket_type("Standing", 5_000, vec![], Some(quota)));
    PerformanceState {
        id: PerformanceId::generate(),
        version: 2,
        event_id,
        starts_at: start + SignedDuration::from_hours(24),
        layout_id: Some(layout),
        sale_opens_at: Some(start),
        sale_closes_at: None,
        terms: Some(SaleTerms {
            title: "A title of usual length".into(),
            venue: "Venue".into(),
            time_zone: "Asia/Seoul".into(),
            currency: "KRW".into(),
            buyer_limit: BUYER_LIMIT,
            queued: false,
            ticket_types,
            capacity: Vec::new(),
        }),
        cancelled: false,
        removed: false,
    }
}
