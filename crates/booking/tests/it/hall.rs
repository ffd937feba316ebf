//! A hall on sale, and what the tests ask of it.

use std::collections::HashMap;

use booking::BookingError;
use booking::domain::admission::Entry;
use booking::domain::book::BookId;
use booking::domain::mark::SeatState;
use booking::domain::stock::Stock;
use booking::dynamodb::Store;
use booking::hold::{self, HoldRequest};
use booking::sales::Sales;
use contracts::booking::{BeginPayment, PaymentStart, ReservationState};
use contracts::catalog::{Block, Geometry, LayoutState, PerformanceState, SaleTerms, Seat, Section, TicketTypeState};
use contracts::event::{Envelope, EventType};
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
    pub layout: LayoutState,
    pub performance: PerformanceState,
    pub start: Timestamp,
}

impl Hall {
    pub async fn open(sections: usize, rows: usize, quota: u32) -> Self {
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
        let hall = Self::unpublished(layout, performance, start).await;
        hall.store.learn(&hall.performance).await.unwrap();
        hall
    }

    /// The same hall in a table of its own, in which the performance is not published yet.
    pub async fn of(other: &Self) -> Self {
        Self::unpublished(other.layout.clone(), other.performance.clone(), other.start).await
    }

    async fn unpublished(layout: LayoutState, performance: PerformanceState, start: Timestamp) -> Self {
        let table = TestTable::like("BookingTable").await;
        let store = Store::new(table.client(), &table.name);
        store.put_layout(&layout).await.unwrap();
        Self { table, store, sales: Sales::default(), layout, performance, start }
    }

    pub fn at(&self, seconds: i64) -> Timestamp {
        self.start + SignedDuration::from_secs(seconds)
    }

    pub fn ticket_type(&self, index: usize) -> TicketTypeId {
        self.performance.terms.as_ref().unwrap().ticket_types[index].id
    }

    /// Another showing of the same event, so many days after the first.
    pub async fn another(&self, days: i64) -> PerformanceState {
        let starts_at = self.performance.starts_at + SignedDuration::from_hours(24 * days);
        let another = PerformanceState { id: PerformanceId::generate(), starts_at, ..self.performance.clone() };
        self.tell(EventType::PerformancePublished, &another).await;
        another
    }

    /// The performance as catalog publishes it in this version.
    pub fn published(&self, version: u64) -> PerformanceState {
        PerformanceState { version, ..self.performance.clone() }
    }

    pub fn withdrawn(&self, version: u64) -> PerformanceState {
        PerformanceState { version, terms: None, ..self.performance.clone() }
    }

    pub fn cancelled(&self, version: u64) -> PerformanceState {
        PerformanceState { version, cancelled: true, ..self.performance.clone() }
    }

    /// News from catalog, by the way that `apply-catalog-change` takes.
    pub async fn tell(&self, event_type: EventType, state: &PerformanceState) {
        let (aggregate_id, version) = (state.id.to_string(), state.version);
        let data = serde_json::to_value(state).unwrap();
        let event = Envelope { event_type, aggregate_id, version, at: self.start, data };
        booking::changes::apply(&self.store, &Sales::default(), &event, self.start).await.unwrap();
    }

    pub fn store_over(&self, client: aws_sdk_dynamodb::Client) -> Store {
        Store::new(client, &self.table.name)
    }

    /// What is kept of the performance.
    pub async fn kept(&self) -> Option<Stock> {
        let showings = self.store.showings(self.performance.event_id).await.unwrap();
        showings.stocks.into_iter().find(|stock| stock.performance == self.performance.id)
    }

    /// What is left of the performance, counted from its seats.
    pub async fn counted(&self, seconds: i64) -> Stock {
        let now = self.at(seconds);
        let sale = Sales::default().get(&self.store, self.performance.id, now).await.unwrap();
        let occupancy = self.store.present_occupancy(self.performance.id).await.unwrap();
        Stock::count(&sale, &occupancy, now.as_second())
    }

    pub async fn refresh(&self, seconds: i64) {
        let now = self.at(seconds);
        booking::stock::refresh(&self.store, &self.sales, self.performance.id, now).await.unwrap();
    }

    /// A reservation that is paid and confirmed within three seconds.
    pub async fn buy(&self, user: UserId, seats: &[&str], seconds: i64) -> (ReservationState, PaymentId) {
        let reservation = self.hold(user, seats, seconds).await.unwrap();
        let payment = PaymentId::generate();
        self.begin(&reservation, payment, seconds + 1).await;
        crate::saga::succeed(self, &reservation, payment, seconds + 2).await;
        (self.current(&reservation).await, payment)
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
        let sale = self.sales.open(&self.store, self.performance.id, now).await?;
        let seats: Vec<_> = seats.iter().map(|&seat| seat.to_owned()).collect();
        hold::seats(store, &sale, &HoldRequest { user, key, entry: Entry::Open }, &seats, now).await
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

    /// The reservation as it is, unless it came to nothing and was tidied away.
    pub async fn current_or_none(&self, reservation: &ReservationState) -> Option<ReservationState> {
        let book = self.store.book(self.book_of(reservation.user_id)).await.unwrap();
        book.get(reservation.id).cloned()
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

/// The size of an item by the rules of DynamoDB's documentation, rounded up.
pub fn size(value: &aws_sdk_dynamodb::types::AttributeValue) -> usize {
    use aws_sdk_dynamodb::types::AttributeValue::{L, M, N, S};
    match value {
        S(text) => text.len(),
        N(digits) => digits.len().div_ceil(2) + 1,
        M(map) => 3 + map.iter().map(|(name, value)| 1 + name.len() + size(value)).sum::<usize>(),
        L(list) => 3 + list.iter().map(|value| 1 + size(value)).sum::<usize>(),
        _ => 1,
    }
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
            ticket_types,
            capacity: Vec::new(),
        }),
        cancelled: false,
        removed: false,
    }
}
