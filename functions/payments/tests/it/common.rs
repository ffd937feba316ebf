//! A table, a PG, a booking, and API Gateway's events.

use std::time::Duration;

use contracts::booking::{BeginPayment, PaymentStart};
use contracts::ids::{PaymentId, PerformanceId, UserId};
use jari_local_servers::virtual_pg::{self, Config};
use kit::http::{Call, Reply, respond};
use kit::problem::Problem;
use lambda_http::request::LambdaRequest;
use lambda_http::{Body, Request};
use payments::lookup::Lookup;
use payments::points::ChargePoints;
use payments::request::RequestPayment;
use payments::reservations::{Reservations, ReservationsError};
use payments::settle::Settlement;
use payments::store::Store;
use payments::toss::Toss;
use serde_json::{Value, json};
use testkit::TestTable;

/// Booking that lets everybody pay 1,000 won.
#[derive(Debug, Clone)]
pub struct Booking;

impl Reservations for Booking {
    async fn begin_payment(&self, call: &BeginPayment) -> Result<PaymentStart, ReservationsError> {
        let total = 1_000;
        if !(call.payable_min..=call.payable_max).contains(&total) {
            return Ok(PaymentStart::TotalOutside { total });
        }
        let performance_id = PerformanceId::generate();
        Ok(PaymentStart::Started { performance_id, total, currency: "KRW".into() })
    }
}

pub struct World {
    pub table: TestTable,
    pub pg: virtual_pg::Handle,
    pub user: UserId,
}

/// A status and a JSON body.
pub type Answer = (u16, Value);

impl World {
    pub async fn new() -> Self {
        let config = Config {
            late_approval: Duration::from_millis(300),
            webhook_retry: Duration::from_millis(200),
            ..Config::default()
        };
        Self { table: TestTable::start().await, pg: virtual_pg::spawn(config).await.unwrap(), user: UserId::generate() }
    }

    pub fn store(&self) -> Store {
        Store::new(self.table.client(), &self.table.name)
    }

    pub fn lookup(&self) -> Lookup {
        Lookup::new(self.store())
    }

    pub fn settlement(&self) -> Settlement<Toss> {
        let timeout = Duration::from_millis(400);
        Settlement::new(self.store(), Toss::new(&self.pg.url, &*self.pg.secret_key, timeout).unwrap())
    }

    pub async fn pay(&self, event: Event) -> Answer {
        let app = RequestPayment::new(self.store(), Booking);
        event.send(|call| payments_functions::request_payment::handle(&app, call)).await
    }

    pub async fn charge_points(&self, event: Event) -> Answer {
        let app = ChargePoints::new(self.store());
        event.send(|call| payments_functions::charge_points::handle(&app, call)).await
    }

    pub async fn payment(&self, event: Event) -> Answer {
        let app = self.lookup();
        event.send(|call| payments_functions::get_payment::handle(&app, call)).await
    }

    pub async fn points(&self, event: Event) -> Answer {
        let app = self.lookup();
        event.send(|call| payments_functions::get_points::handle(&app, call)).await
    }

    pub async fn history(&self, event: Event) -> Answer {
        let app = self.lookup();
        event.send(|call| payments_functions::list_points_history::handle(&app, call)).await
    }

    pub async fn webhook(&self, event: Event) -> Answer {
        let app = self.settlement();
        event.send(|call| payments_functions::handle_pg_webhook::handle(&app, call)).await
    }

    /// The payment as its owner sees it.
    pub async fn see(&self, id: &str) -> Value {
        let (status, body) = self.payment(Event::by(self.user).at("paymentId", id)).await;
        assert_eq!(status, 200, "{body}");
        body
    }

    pub async fn charge(&self, id: &str) {
        let id: PaymentId = id.parse().unwrap();
        self.settlement().charge(id, 1, jiff::Timestamp::now()).await.unwrap();
    }
}

/// An event of the HTTP API.
#[derive(Clone)]
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

    pub fn body(self, body: &Value) -> Self {
        self.text(&body.to_string())
    }

    pub fn text(mut self, body: &str) -> Self {
        self.0["body"] = body.into();
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

    pub fn query(mut self, query: &str) -> Self {
        self.0["rawQueryString"] = query.into();
        self
    }

    async fn send<F, Fut>(self, handle: F) -> Answer
    where
        F: Fn(Call) -> Fut,
        Fut: Future<Output = Result<Reply, Problem>>,
    {
        let request: LambdaRequest = serde_json::from_value(self.0).unwrap();
        let response = respond("test", Call::new(Request::from(request)), &handle).await;
        let body = match response.body() {
            Body::Text(text) => serde_json::from_str(text).unwrap(),
            _ => Value::Null,
        };
        (response.status().as_u16(), body)
    }
}
