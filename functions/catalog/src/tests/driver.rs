//! Sends requests to handlers.

use std::collections::HashMap;

use catalog::search::Search;
use catalog::store::Store;
use contracts::ids::UserId;
use kit::http::{Call, respond};
use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpRequestContext;
use lambda_http::http::{HeaderMap, Request};
use lambda_http::request::RequestContext;
use lambda_http::{Body, RequestExt as _, Response};
use serde_json::{Value, json};
use testkit::TestTable;

use crate::list_events::{self, Finder};
use crate::{
    App, add_performance, cancel_event, cancel_performance, create_event, create_keyword, create_layout,
    create_ticket_type, get_event, get_layout, get_managed_event, list_keywords, list_layouts, list_managed_events,
    list_ticket_types, publish_event, remove_keyword, remove_performance, remove_ticket_type, unpublish_event,
    update_event, update_keyword, update_performance, update_ticket_type,
};

/// Where the driver's functions say that pictures are.
pub const IMAGES: &str = "https://images.example";

pub struct Driver {
    pub app: App,
    pub finder: Finder,
    pub table: TestTable,
    pub organizer: UserId,
}

/// A request in the making.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    pub path: Vec<(&'static str, String)>,
    pub query: Vec<(String, String)>,
    pub headers: Vec<(&'static str, String)>,
    pub body: Option<String>,
    pub caller: Option<(UserId, &'static str)>,
}

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Driver {
    pub async fn start() -> Self {
        let table = TestTable::like("CatalogTable").await;
        let store = Store::new(table.client(), &table.name);
        let app = App { images_base_url: IMAGES.into(), ..App::new(store.clone()) };
        let finder = Finder { search: Search::new(store, None), images_base_url: IMAGES.into() };
        Self { app, finder, table, organizer: UserId::generate() }
    }

    /// A request of the organizer.
    pub fn by_organizer(&self) -> Sent {
        Sent { caller: Some((self.organizer, "organizer")), ..Sent::default() }
    }

    pub async fn send(&self, operation: &str, sent: Sent) -> Answer {
        let call = sent.into_call();
        let app = &self.app;
        macro_rules! dispatch {
            ($($name:ident)*) => {
                match operation {
                    "list_events" => respond("list_events", call, &|call| list_events::handle(&self.finder, call)).await,
                    $(stringify!($name) => respond(stringify!($name), call, &|call| $name::handle(app, call)).await,)*
                    other => panic!("no operation {other}"),
                }
            };
        }
        let response = dispatch!(
            add_performance cancel_event cancel_performance create_event create_keyword create_layout create_ticket_type
            get_event get_layout get_managed_event list_keywords list_layouts list_managed_events list_ticket_types
            publish_event remove_keyword remove_performance remove_ticket_type unpublish_event update_event
            update_keyword update_performance update_ticket_type
        );
        Answer::of(response)
    }

    /// A request of an admin.
    pub fn by_admin(&self) -> Sent {
        Sent { caller: Some((UserId::generate(), "buyer admin")), ..Sent::default() }
    }

    /// Sends what must succeed.
    pub async fn ok(&self, operation: &str, sent: Sent) -> Value {
        let answer = self.send(operation, sent).await;
        assert!(answer.status < 300, "{operation}: {}", answer.body);
        answer.body
    }
}

impl Answer {
    pub fn of(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let body = match body {
            Body::Text(text) => serde_json::from_str(&text).unwrap(),
            _ => Value::Null,
        };
        Self { status: parts.status.as_u16(), headers: parts.headers, body }
    }
}

impl Sent {
    pub fn at(mut self, name: &'static str, value: &Value) -> Self {
        self.path.push((name, value.as_str().unwrap().to_owned()));
        self
    }

    pub fn with(self, body: &Value) -> Self {
        self.raw(body.to_string())
    }

    pub fn raw(mut self, body: String) -> Self {
        self.body = Some(body);
        self
    }

    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.query.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub fn into_call(self) -> Call {
        let mut context = json!({"requestId": "test", "http": {"method": "POST", "path": "/"}});
        if let Some((user_id, scope)) = self.caller {
            context["authorizer"] = json!({"jwt": {"claims": {"sub": user_id, "scope": scope}}});
        }
        let context: ApiGatewayV2httpRequestContext = serde_json::from_value(context).unwrap();
        let multi = |pairs: Vec<(String, String)>| {
            pairs.into_iter().map(|(name, value)| (name, vec![value])).collect::<HashMap<_, _>>()
        };
        let mut request = Request::builder().header("content-type", "application/json");
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        let body = self.body.map_or(Body::Empty, Body::Text);
        let path = self.path.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Call::new(
            request
                .body(body)
                .unwrap()
                .with_request_context(RequestContext::ApiGatewayV2(context))
                .with_path_parameters(multi(path))
                .with_query_string_parameters(multi(self.query)),
        )
    }
}
