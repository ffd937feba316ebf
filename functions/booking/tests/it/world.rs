//! A club night on sale, and events of the HTTP API.

use booking::dynamodb::Store;
use booking_functions::App;
use contracts::catalog::{PerformanceState, SaleTerms, TicketTypeState};
use contracts::event::{Envelope, EventType};
use contracts::ids::{EventId, PerformanceId, TicketTypeId, UserId};
use jiff::{SignedDuration, Timestamp};
use kit::http::{Call, Reply, respond};
use kit::problem::Problem;
use kit::worker::Delivery;
use lambda_http::Body;
use serde_json::{Value, json};
use testkit::TestTable;

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
        let table = TestTable::like("BookingTable").await;
        let app = App::new(Store::new(table.client(), &table.name));
        let event_id = EventId::generate();
        let admission = TicketTypeState {
            id: TicketTypeId::generate(),
            version: 1,
            event_id,
            name: "Standing".into(),
            price: 30_000,
            section_ids: Vec::new(),
            quota: Some(12),
            removed: false,
        };
        let performance = PerformanceState {
            id: PerformanceId::generate(),
            version: 2,
            event_id,
            starts_at: Timestamp::now() + SignedDuration::from_hours(7 * 24),
            layout_id: None,
            sale_opens_at: None,
            sale_closes_at: None,
            terms: Some(SaleTerms {
                title: "Club night".into(),
                venue: "Cellar".into(),
                time_zone: "Asia/Seoul".into(),
                currency: "KRW".into(),
                buyer_limit: 8,
                ticket_types: vec![admission],
                capacity: Vec::new(),
            }),
            cancelled: false,
            removed: false,
        };
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

    /// Holds two admissions.
    pub async fn hold(&self, user: UserId) -> Answer {
        let items = json!([{"ticketTypeId": self.ticket_type(), "quantity": 2}]);
        let event = Event::by(user).body(&json!({"performanceId": self.performance.id, "items": items}));
        let app = self.elsewhere();
        event.send(|call| booking_functions::create_reservation::handle(&app, call)).await
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
