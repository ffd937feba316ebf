//! An event with a queue, and events of the HTTP API.

use contracts::event::{Envelope, EventType};
use contracts::ids::{EventId, UserId};
use jiff::{SignedDuration, Timestamp};
use kit::http::{Call, Reply, respond};
use kit::problem::Problem;
use kit::signed::Secret;
use kit::worker::{Delivery, WorkerError};
use lambda_http::{Body, Response};
use serde_json::{Value, json};
use testkit::TestTable;
use waiting_room::check::Desk;
use waiting_room::dynamodb::Store;
use waiting_room::outbox::{Live, Round, SendError, Steering};
use waiting_room_functions::{Watch, apply_sale_news, configure_queue, steer_queues};

pub const TICKETS: &[u8] = b"a ticket secret of thirty-two byt";
const ADMISSIONS: &[u8] = b"an admission secret of 32 bytes..";

/// Queues that take everything.
#[derive(Debug, Clone, Copy)]
pub struct Nowhere;

impl Steering for Nowhere {
    async fn ask(&self, _round: Round, _delay_seconds: u16) -> Result<(), SendError> {
        Ok(())
    }
}

impl Live for Nowhere {
    async fn tell(&self, _change: &contracts::live::RoomChange, _name: &str) -> Result<(), SendError> {
        Ok(())
    }
}

pub struct World {
    pub table: TestTable,
    pub event: EventId,
}

impl World {
    /// An event on sale without a queue.
    pub async fn new() -> Self {
        let world = Self { table: TestTable::like("WaitingRoomTable").await, event: EventId::generate() };
        world.event_is(1, "ON_SALE").await.unwrap();
        world
    }

    pub fn store(&self) -> Store {
        Store::new(self.table.client(), &self.table.name)
    }

    pub fn desk(&self) -> Desk<Nowhere> {
        let secret = |text| Secret::new(text, None).unwrap();
        Desk {
            store: self.store(),
            rooms: Default::default(),
            runs: Default::default(),
            tickets: secret(TICKETS),
            admissions: secret(ADMISSIONS),
            steering: Nowhere,
        }
    }

    pub fn watch(&self) -> Watch {
        Watch { store: self.store(), rooms: Default::default(), tickets: Secret::new(TICKETS, None).unwrap() }
    }

    pub async fn event_is(&self, version: u64, status: &str) -> Result<(), WorkerError> {
        let data = json!({
            "id": self.event, "version": version, "organizerId": UserId::generate(), "title": "Club night",
            "category": "concert", "venue": "Cellar", "timeZone": "Asia/Seoul", "currency": "KRW", "buyerLimit": 4,
            "status": status,
        });
        self.tell(EventType::EventPublished, version, data).await
    }

    pub async fn tell(&self, event_type: EventType, version: u64, data: Value) -> Result<(), WorkerError> {
        let aggregate_id = data["id"].as_str().unwrap_or_default().to_owned();
        let event = Envelope { event_type, aggregate_id, version, at: Timestamp::now(), data };
        apply_sale_news::handle(&self.store(), Delivery { event, attempt: 1 }).await
    }

    /// Gives the event a queue that opens in so many minutes.
    pub async fn queue(&self, minutes: i64, capacity: u32) -> Value {
        let opens_at = Timestamp::now() + SignedDuration::from_mins(minutes);
        let answer = self.configure(&json!({"opensAt": opens_at, "capacity": capacity})).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body
    }

    pub async fn configure(&self, body: &Value) -> Answer {
        let store = self.store();
        let request = Event::by(UserId::generate(), "admin").at(self.event).body(body);
        request.send(|call| configure_queue::handle(&store, call)).await
    }

    pub async fn round(&self) {
        let round = self.store().room(self.event).await.unwrap().plan.map_or(0, |plan| plan.round);
        steer_queues::handle(&self.store(), &Nowhere, Round { event_id: self.event, round }).await.unwrap();
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
    response: Response<Body>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.response.headers().get(name).map(|value| value.to_str().unwrap())
    }

    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }
}

/// An event of the HTTP API.
pub struct Event(Value);

impl Event {
    pub fn anonymous() -> Self {
        Self(json!({
            "version": "2.0", "routeKey": "$default", "rawPath": "/api/v1/test", "rawQueryString": "",
            "headers": {"content-type": "application/json"}, "isBase64Encoded": false, "pathParameters": {},
            "requestContext": {
                "accountId": "0", "apiId": "test", "domainName": "test", "domainPrefix": "test", "requestId": "r",
                "routeKey": "$default", "stage": "$default", "time": "20/Nov/2026:10:00:00 +0000", "timeEpoch": 0,
                "http": {
                    "method": "POST", "path": "/api/v1/test", "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1",
                    "userAgent": "t",
                },
            },
        }))
    }

    pub fn by(user: UserId, scope: &str) -> Self {
        let mut event = Self::anonymous();
        event.0["requestContext"]["authorizer"] =
            json!({"jwt": {"claims": {"sub": user, "scope": scope}, "scopes": null}});
        event
    }

    pub fn at(mut self, event: impl serde::Serialize) -> Self {
        self.0["pathParameters"]["eventId"] = json!(event);
        self
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.0["headers"][name] = json!(value);
        self
    }

    pub fn body(self, body: &Value) -> Self {
        self.text(&body.to_string())
    }

    pub fn text(mut self, body: &str) -> Self {
        self.0["body"] = json!(body);
        self
    }

    pub async fn send<F, Fut>(self, handle: F) -> Answer
    where
        F: Fn(Call) -> Fut,
        Fut: Future<Output = Result<Reply, Problem>>,
    {
        let call = Call::new(lambda_http::request::from_str(&self.0.to_string()).unwrap());
        let response = respond("test", call, &handle).await;
        let body = match response.body() {
            Body::Text(text) => serde_json::from_str(text).unwrap(),
            _ => Value::Null,
        };
        Answer { status: response.status().as_u16(), body, response }
    }
}
