//! A performance on sale in an embedded DynamoDB, and requests for its seats.

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Region};
use booking::dynamodb::Store;
use booking::sales::Sales;
use contracts::catalog::{Block, Geometry, LayoutState, PerformanceState, SaleTerms, Seat, Section, TicketTypeState};
use contracts::ids::{EventId, LayoutId, PerformanceId, TicketTypeId, UserId};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use testkit::Database;

use crate::Failure;

/// Seats in a row, which is one block.
const ROW: usize = 20;

/// The resource of the table, and its name in the embedded DynamoDB.
pub const TABLE: &str = "BookingTable";

/// The request as API Gateway hands it on; who calls and what is asked for are put in.
const EVENT: &str = include_str!("../../../events/reserve-seats.json");

/// A hall whose seats are on sale.
#[derive(Debug)]
pub struct Hall {
    store: Store,
    /// The performance.
    pub performance: PerformanceId,
    seats: usize,
    taken: usize,
}

/// Two neighbouring seats that somebody wants.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Who.
    pub user: UserId,
    /// Which.
    pub seats: Vec<String>,
    performance: PerformanceId,
}

/// A client of the embedded DynamoDB.
#[must_use]
pub fn client(database: &Database) -> Client {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .endpoint_url(&database.endpoint)
        .credentials_provider(Credentials::new("test", "test", None, None, "test"));
    Client::from_conf(config.build())
}

impl Hall {
    /// Puts a performance with at least so many seats on sale, in rows of twenty.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn open(database: &Database, seats: usize) -> Result<Self, Failure> {
        let store = Store::new(client(database), TABLE);
        let rows = seats.div_ceil(ROW);
        let layout = LayoutState {
            id: LayoutId::generate(),
            version: 1,
            name: "Hall".into(),
            seat_count: u32::try_from(rows * ROW)?,
            geometry: contracts::geometry::pack(&geometry(rows)),
        };
        let event_id = EventId::generate();
        let performance = PerformanceState {
            id: PerformanceId::generate(),
            version: 2,
            event_id,
            starts_at: Timestamp::from_second(Timestamp::now().as_second())? + SignedDuration::from_hours(7 * 24),
            layout_id: Some(layout.id),
            sale_opens_at: None,
            sale_closes_at: None,
            terms: Some(SaleTerms {
                title: "The Seagull".into(),
                venue: "Hall".into(),
                time_zone: "Asia/Seoul".into(),
                currency: "KRW".into(),
                buyer_limit: 8,
                ticket_types: vec![TicketTypeState {
                    id: TicketTypeId::generate(),
                    version: 1,
                    event_id,
                    name: "Stalls".into(),
                    price: 60_000,
                    section_ids: vec!["stalls".into()],
                    quota: None,
                    removed: false,
                }],
                capacity: Vec::new(),
            }),
            cancelled: false,
            removed: false,
        };
        store.put_layout(&layout).await?;
        store.learn(&performance).await?;
        Ok(Self { store, performance: performance.id, seats: rows * ROW, taken: 0 })
    }

    /// A buyer who was not here before wants the next two seats that nobody wanted yet.
    ///
    /// # Errors
    /// When all seats were wanted.
    pub fn wish(&mut self) -> Result<Wish, Failure> {
        if self.taken + 2 > self.seats {
            return Err("the hall is too small for so many requests".into());
        }
        let seats = (self.taken..self.taken + 2).map(|seat| seat_id(seat / ROW, seat % ROW)).collect();
        self.taken += 2;
        Ok(Wish { user: UserId::generate(), seats, performance: self.performance })
    }

    /// How many seats are held.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn held(&self) -> Result<u32, Failure> {
        let now = Timestamp::now();
        let sale = Sales::default().present(&self.store, self.performance, now).await?;
        let occupancy = self.store.present_occupancy(self.performance).await?;
        Ok(occupancy.counts(&sale, None, now.as_second()).held)
    }
}

impl Wish {
    /// The same seats, wanted by somebody else.
    #[must_use]
    pub fn of_another(&self) -> Self {
        Self { user: UserId::generate(), ..self.clone() }
    }

    /// Other seats, wanted by the same buyer.
    #[must_use]
    pub fn of_seats(&self, seats: &[&str]) -> Self {
        Self { seats: seats.iter().map(|&seat| seat.to_owned()).collect(), ..self.clone() }
    }

    /// The event of the HTTP API.
    ///
    /// # Errors
    /// When the event file cannot be read.
    pub fn event(&self) -> Result<Vec<u8>, Failure> {
        let mut event: Value = serde_json::from_str(EVENT)?;
        let body = json!({"performanceId": self.performance, "seatIds": self.seats});
        event["body"] = body.to_string().into();
        event["headers"]["idempotency-key"] = format!("{}-{}", self.user, self.seats.join("-")).into();
        event["requestContext"]["authorizer"]["jwt"]["claims"]["sub"] = self.user.to_string().into();
        Ok(serde_json::to_vec(&event)?)
    }
}

fn block_id(row: usize) -> String {
    format!("stalls-{row}")
}

fn seat_id(row: usize, slot: usize) -> String {
    format!("stalls-{row}-{}", slot + 1)
}

fn geometry(rows: usize) -> Geometry {
    let seat = |row: usize, slot: usize| Seat {
        id: seat_id(row, slot),
        label: (slot + 1).to_string(),
        row: row.to_string(),
        // Halls are far smaller than the numbers that a float cannot hold.
        x: f64::from(u32::try_from(slot).unwrap_or(u32::MAX)),
        y: f64::from(u32::try_from(row).unwrap_or(u32::MAX)),
        accessible: false,
    };
    let block = |row| Block { id: block_id(row), seats: (0..ROW).map(|slot| seat(row, slot)).collect() };
    let section = Section { id: "stalls".into(), name: "Stalls".into(), blocks: (0..rows).map(block).collect() };
    Geometry { sections: vec![section] }
}
