//! A club night on sale, and events of the HTTP API.

use std::sync::Mutex;

use booking::admissions::{SecretSource, Tokens};
use booking::dynamodb::Store;
use booking::live::{Outlets, SendError};
use booking_functions::App;
use contracts::booking::SeatsLeft;
use contracts::catalog::{Block, Geometry, LayoutState, PerformanceState, SaleTerms, Seat, Section, TicketTypeState};
use contracts::event::{Envelope, EventType};
use contracts::ids::{AdmissionId, EventId, LayoutId, PerformanceId, QueueId, TicketTypeId, UserId};
use contracts::live::RoomChange;
use contracts::waiting_room::{ADMISSION_AUDIENCE, AdmissionClaims, QueueState};
use jiff::{SignedDuration, Timestamp};
use kit::http::{Call, Reply, respond};
use kit::problem::Problem;
use kit::signed::{Secret, SecretError};
use kit::worker::Delivery;
use lambda_http::Body;
use serde_json::{Value, json};
use testkit::TestTable;

/// What admissions are signed with here.
pub struct TestSecret;

impl SecretSource for TestSecret {
    async fn read(&self) -> Result<Secret, SecretError> {
        Secret::new(b"0123456789abcdef0123456789abcdef", None)
    }
}

/// Queues that keep what they are told, after failing so many times.
#[derive(Default)]
pub struct TestOutlets {
    pub rooms: Mutex<Vec<(RoomChange, String)>>,
    pub waiting_rooms: Mutex<Vec<SeatsLeft>>,
    pub failures: Mutex<usize>,
}

impl TestOutlets {
    fn fails(&self) -> Result<(), SendError> {
        let mut failures = self.failures.lock().unwrap();
        if *failures == 0 {
            return Ok(());
        }
        *failures -= 1;
        Err(SendError { queue: "test", source: "on purpose".into() })
    }
}

impl Outlets for TestOutlets {
    async fn tell_room(&self, change: &RoomChange, name: &str) -> Result<(), SendError> {
        self.fails()?;
        self.rooms.lock().unwrap().push((change.clone(), name.to_owned()));
        Ok(())
    }

    async fn tell_waiting_room(&self, left: &SeatsLeft) -> Result<(), SendError> {
        self.fails()?;
        self.waiting_rooms.lock().unwrap().push(*left);
        Ok(())
    }
}

/// A status and a JSON body.
pub type Answer = (u16, Value);

pub struct World {
    pub table: TestTable,
    pub app: App,
    pub performance: PerformanceState,
}

impl World {
    /// Twelve admissions, a week from now.
    pub async fn new() -> Self {
        Self::selling(None, Vec::new(), Some(12)).await
    }

    /// A row of two seats, `A1-1` and `A1-2`.
    pub async fn seated() -> Self {
        let seat = |x: u32| Seat {
            id: format!("A1-{x}"),
            label: x.to_string(),
            row: "1".into(),
            x: f64::from(x),
            y: 1.0,
            accessible: false,
        };
        let block = Block { id: "A1".into(), seats: vec![seat(1), seat(2)] };
        let geometry = Geometry { sections: vec![Section { id: "A".into(), name: "A".into(), blocks: vec![block] }] };
        let layout = LayoutState {
            id: LayoutId::generate(),
            version: 1,
            name: "Cellar".into(),
            seat_count: 2,
            geometry: contracts::geometry::pack(&geometry),
        };
        Self::selling(Some(layout), vec!["A".into()], None).await
    }

    async fn selling(layout: Option<LayoutState>, section_ids: Vec<String>, quota: Option<u32>) -> Self {
        let table = TestTable::like("BookingTable").await;
        let app = App::new(Store::new(table.client(), &table.name));
        let event_id = EventId::generate();
        let ticket_type = TicketTypeState {
            id: TicketTypeId::generate(),
            version: 1,
            event_id,
            name: "Standing".into(),
            price: 30_000,
            section_ids,
            quota,
            removed: false,
        };
        let performance = PerformanceState {
            id: PerformanceId::generate(),
            version: 2,
            event_id,
            starts_at: Timestamp::now() + SignedDuration::from_hours(7 * 24),
            layout_id: layout.as_ref().map(|layout| layout.id),
            sale_opens_at: None,
            sale_closes_at: None,
            terms: Some(SaleTerms {
                title: "Club night".into(),
                venue: "Cellar".into(),
                time_zone: "Asia/Seoul".into(),
                currency: "KRW".into(),
                buyer_limit: 8,
                ticket_types: vec![ticket_type],
                capacity: Vec::new(),
            }),
            cancelled: false,
            removed: false,
        };
        if let Some(layout) = &layout {
            app.store.put_layout(layout).await.unwrap();
        }
        let world = Self { table, app, performance };
        world.tell(EventType::PerformancePublished, &world.performance).await.unwrap();
        world
    }

    pub fn ticket_type(&self) -> TicketTypeId {
        self.performance.terms.as_ref().unwrap().ticket_types[0].id
    }

    /// The same, remembering nothing: another execution environment.
    pub fn elsewhere(&self) -> App {
        App::new(Store::new(self.table.client(), &self.table.name))
    }

    /// News from catalog, through `apply-catalog-change`.
    pub async fn tell(&self, event_type: EventType, state: &PerformanceState) -> Result<(), String> {
        let delivery = delivery(event_type, state);
        let told = booking_functions::apply_catalog_change::handle(&self.elsewhere(), delivery).await;
        told.map_err(|error| error.to_string())
    }

    /// A waiting room for the event, through `apply-admission-change`.
    pub async fn guard(&self, version: u64, era: u32, enabled: bool) {
        let queue = QueueState {
            id: QueueId::generate(),
            version,
            event_id: self.performance.event_id,
            enabled,
            era,
            opens_at: Timestamp::UNIX_EPOCH,
            capacity: 10,
            session_seconds: 300,
            pre_queue_minutes: 30,
            seed_hash: String::new(),
        };
        let data = serde_json::to_value(&queue).unwrap();
        let (event_type, at) = (EventType::QueueConfigured, Timestamp::now());
        let event = Envelope { event_type, aggregate_id: queue.id.to_string(), version, at, data };
        let delivery = Delivery { event, attempt: 1 };
        booking_functions::apply_admission_change::handle(&self.elsewhere(), delivery).await.unwrap();
    }

    /// The token of an admission to the event.
    pub async fn token(&self, user: UserId, era: u32) -> String {
        let now = Timestamp::now().as_second();
        let claims = AdmissionClaims {
            aud: ADMISSION_AUDIENCE.to_owned(),
            sub: user,
            jti: AdmissionId::generate(),
            evt: self.performance.event_id,
            era,
            iat: now,
            exp: now + 300,
        };
        TestSecret.read().await.unwrap().sign(&claims).unwrap()
    }

    /// Holds two admissions.
    pub async fn hold(&self, user: UserId) -> Answer {
        self.hold_with(user, None).await
    }

    /// The same, showing this token.
    pub async fn hold_with(&self, user: UserId, token: Option<&str>) -> Answer {
        let items = json!([{"ticketTypeId": self.ticket_type(), "quantity": 2}]);
        let mut event = Event::by(user).body(&json!({"performanceId": self.performance.id, "items": items}));
        if let Some(token) = token {
            event = event.header("x-admission-token", token);
        }
        let (app, tokens) = (self.elsewhere(), Tokens::new(TestSecret));
        event.send(|call| booking_functions::create_reservation::handle(&app, &tokens, call)).await
    }

    /// The days of an event.
    pub async fn dates(&self, event: &str, ticket_type: Option<&str>) -> Answer {
        let mut request = Event::anonymous().at("eventId", event);
        if let Some(id) = ticket_type {
            request = request.query("ticketTypeId", id);
        }
        let app = self.elsewhere();
        request.send(|call| booking_functions::get_bookable_dates::handle(&app, call)).await
    }
}

pub fn delivery(event_type: EventType, state: &PerformanceState) -> Delivery {
    let data = serde_json::to_value(state).unwrap();
    let (aggregate_id, version) = (state.id.to_string(), state.version);
    Delivery { event: Envelope { event_type, aggregate_id, version, at: Timestamp::now(), data }, attempt: 1 }
}

/// An event of the HTTP API.
pub struct Event(Value);

impl Event {
    pub fn anonymous() -> Self {
        Self(json!({
            "version": "2.0",
            "routeKey": "$default",
            "rawPath": "/api/v1/test",
            "rawQueryString": "",
            "headers": {"content-type": "application/json"},
            "isBase64Encoded": false,
            "requestContext": {
                "accountId": "1", "apiId": "a", "domainName": "d", "requestId": "req-1", "stage": "$default",
                "routeKey": "$default", "time": "", "timeEpoch": 0,
                "http": {"method": "POST", "path": "/api/v1/test", "protocol": "HTTP/1.1", "sourceIp": "", "userAgent": ""},
            },
        }))
    }

    pub fn by(user: UserId) -> Self {
        let mut event = Self::anonymous();
        let claims = json!({"sub": user, "scope": ""});
        event.0["requestContext"]["authorizer"] = json!({"jwt": {"claims": claims, "scopes": null}});
        event
    }

    pub fn body(mut self, body: &Value) -> Self {
        self.0["body"] = body.to_string().into();
        self
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.0["headers"][name] = value.into();
        self
    }

    pub fn at(mut self, parameter: &str, value: &str) -> Self {
        self.0["pathParameters"] = json!({ parameter: value });
        self
    }

    pub fn query(mut self, parameter: &str, value: &str) -> Self {
        self.0["rawQueryString"] = format!("{parameter}={value}").into();
        self.0["queryStringParameters"] = json!({ parameter: value });
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
        (response.status().as_u16(), body)
    }
}
