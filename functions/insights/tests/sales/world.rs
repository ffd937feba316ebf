//! A table of read models, an event store, and messages as SQS hands them out.

use std::cell::RefCell;

use aws_lambda_events::sqs::SqsEvent;
use contracts::event::Envelope;
use contracts::insights::EventPopularity;
use insights::queues::SendError;
use insights::sales::project::{Popularity, ProjectSales};
use insights::sales::replay::Replay;
use insights::sales::store::SalesStore;
use insights::store::EventStore;
use insights_functions::project_sales::handle;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use testkit::TestTable;

#[derive(Debug, Clone, Default)]
pub struct Told(std::rc::Rc<RefCell<Vec<EventPopularity>>>);

impl Told {
    /// The tickets that were told, in this order.
    pub fn tickets(&self) -> Vec<u64> {
        self.0.borrow().iter().map(|count| count.tickets).collect()
    }
}

impl Popularity for Told {
    async fn tell(&self, counts: &[EventPopularity]) -> Result<(), SendError> {
        self.0.borrow_mut().extend(counts);
        Ok(())
    }
}

pub struct World {
    pub sales: TestTable,
    pub events: TestTable,
    pub told: Told,
}

pub const EVENT: &str = "evt_019a0000-0000-7000-8000-000000000001";
pub const PERFORMANCE: &str = "prf_019a0000-0000-7000-8000-000000000002";

impl World {
    pub async fn start() -> Self {
        let (sales, events) = (TestTable::like("InsightsTable").await, TestTable::like("EventsTable").await);
        Self { sales, events, told: Told::default() }
    }

    pub fn store(&self) -> SalesStore {
        SalesStore::new(self.sales.client(), self.sales.name.clone())
    }

    pub fn replay(&self) -> Replay<Told> {
        let events = EventStore::new(self.events.client(), self.events.name.clone());
        Replay::new(events, self.store(), TimeZone::UTC, self.told.clone())
    }

    /// The messages, by their numbers, that are to be delivered again.
    pub async fn deliver(&self, bodies: &[String]) -> Vec<usize> {
        let project = ProjectSales::new(self.store(), TimeZone::UTC, self.told.clone());
        let records =
            bodies.iter().enumerate().map(|(number, body)| json!({"messageId": number.to_string(), "body": body}));
        let batch: SqsEvent = serde_json::from_value(json!({"Records": records.collect::<Vec<_>>()})).unwrap();
        let response = handle(&project, batch).await;
        response.batch_item_failures.iter().map(|failure| failure.item_identifier.parse().unwrap()).collect()
    }

    pub async fn keep(&self, bodies: &[String]) {
        let store = EventStore::new(self.events.client(), self.events.name.clone());
        for body in bodies {
            store.append(&serde_json::from_str::<Envelope>(body).unwrap()).await.unwrap();
        }
    }
}

fn body(event_type: &str, data: &Value, at: &str) -> String {
    json!({"type": event_type, "aggregateId": data["id"], "version": data["version"], "at": at, "data": data})
        .to_string()
}

pub fn published() -> String {
    let data = json!({
        "id": EVENT, "version": 2, "organizerId": "usr_019a0000-0000-7000-8000-000000000003", "title": "봄 음악회",
        "category": "concert", "venue": "자리 아레나", "timeZone": "Asia/Seoul", "currency": "KRW", "buyerLimit": 8,
        "status": "ON_SALE",
    });
    body("catalog.event-published.v1", &data, "2026-11-20T10:00:00Z")
}

/// So many tickets are on sale from that time.
pub fn on_sale(tickets: u32, at: &str) -> String {
    let capacity = [json!({"ticketTypeId": "tkt_019a0000-0000-7000-8000-000000000004", "tickets": tickets})];
    let data = json!({
        "id": PERFORMANCE, "version": 2, "eventId": EVENT, "startsAt": "2026-12-24T10:00:00Z",
        "terms": {
            "title": "봄 음악회", "venue": "자리 아레나", "timeZone": "Asia/Seoul", "currency": "KRW", "buyerLimit": 8,
            "ticketTypes": [], "capacity": capacity,
        },
    });
    body("catalog.performance-published.v1", &data, at)
}

/// Two tickets, sold at that time.
pub fn confirmed(number: u8, at: &str) -> String {
    let seat = |id: &str| json!({"slot": 0, "id": id, "label": id});
    let data = json!({
        "id": format!("rsv_019a0000-0000-7000-8000-0000000000{number:02}"), "version": 3,
        "userId": "usr_019a0000-0000-7000-8000-000000000003", "performanceId": PERFORMANCE, "status": "CONFIRMED",
        "paymentStatus": "SUCCESS", "currency": "KRW", "expiresAt": 0,
        "lines": [{"block": "A", "section": "A", "ticketTypeId": "tkt_019a0000-0000-7000-8000-000000000004",
                   "price": 1, "seats": [seat("1"), seat("2")]}],
    });
    body("booking.reservation-confirmed.v1", &data, at)
}
