//! The front door: what API Gateway does with a request before a function sees it, and Lambda's `Invoke`.
//!
//! Tokens are signed with a secret of the run instead of the deployment's key pair, which costs the front door less;
//! what a function is told of the caller is the same.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use jiff::Timestamp;
use measure::deployment::Route;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::Failure;
use crate::pool::Pool;
use crate::tokens::{Claims, Tokens};

/// The front door. Dropping it closes it.
#[derive(Debug)]
pub struct Gateway {
    /// Where it is.
    pub url: String,
    server: JoinHandle<()>,
}

/// What it leads to.
#[derive(Debug, Default)]
pub struct Doors {
    routes: HashMap<(String, usize), Vec<Door>>,
    functions: HashMap<String, Arc<Pool>>,
}

#[derive(Debug)]
struct Door {
    route: Route,
    parts: Vec<Part>,
    pool: Arc<Pool>,
}

#[derive(Debug, PartialEq, Eq)]
enum Part {
    Fixed(String),
    Named(String),
}

impl Doors {
    /// Leads this route to these environments.
    pub fn add_route(&mut self, route: &Route, pool: &Arc<Pool>) {
        let parts: Vec<_> = segments(&route.path).map(Part::of).collect();
        let door = Door { route: route.clone(), parts, pool: Arc::clone(pool) };
        self.routes.entry((route.method.clone(), door.parts.len())).or_default().push(door);
    }

    /// Makes a function known by its name.
    pub fn add_function(&mut self, name: &str, pool: &Arc<Pool>) {
        self.functions.insert(name.to_owned(), Arc::clone(pool));
    }

    /// The route of a request, and the values of the parts of its path.
    fn find(&self, method: &str, path: &str) -> Option<(&Door, HashMap<String, String>)> {
        let wanted: Vec<_> = segments(path).collect();
        let doors = self.routes.get(&(method.to_owned(), wanted.len()))?;
        // A fixed part goes before a named one, as in API Gateway.
        let fits = |door: &&Door| {
            door.parts.iter().zip(&wanted).all(|(part, text)| !matches!(part, Part::Fixed(fixed) if fixed != text))
        };
        let fixed = |door: &&Door| door.parts.iter().filter(|part| matches!(part, Part::Fixed(_))).count();
        let door = doors.iter().filter(fits).max_by_key(fixed)?;
        let named = door.parts.iter().zip(&wanted).filter_map(|(part, text)| match part {
            Part::Named(name) => Some((name.clone(), (*text).to_owned())),
            Part::Fixed(_) => None,
        });
        Some((door, named.collect()))
    }
}

impl Part {
    fn of(segment: &str) -> Self {
        let name = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        name.map_or_else(|| Self::Fixed(segment.to_owned()), |name| Self::Named(name.trim_end_matches('+').to_owned()))
    }
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

impl Gateway {
    /// Opens on this listener.
    ///
    /// # Errors
    /// When the listener has no address.
    pub fn open(listener: TcpListener, doors: Doors, tokens: Tokens) -> Result<Self, Failure> {
        let url = format!("http://{}", listener.local_addr()?);
        let house = Arc::new((doors, tokens));
        let server = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(connection(stream, Arc::clone(&house)));
            }
        });
        Ok(Self { url, server })
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn connection(stream: TcpStream, house: Arc<(Doors, Tokens)>) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| async {
        let (doors, tokens) = house.as_ref();
        Ok::<_, Infallible>(match request.uri().path().strip_prefix(INVOKE) {
            Some(path) => invoke(doors, path.to_owned(), request).await,
            None => answer(doors, tokens, request).await,
        })
    });
    // A client that goes away in the middle of a request is none of our business.
    let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

const INVOKE: &str = "/2015-03-31/functions/";

/// Lambda's `Invoke`: `/2015-03-31/functions/<name>/invocations`.
async fn invoke(doors: &Doors, path: String, request: Request<Incoming>) -> Response<Full<Bytes>> {
    let pool = path.strip_suffix("/invocations").and_then(|name| doors.functions.get(name)).cloned();
    let Some(pool) = pool else { return problem(StatusCode::NOT_FOUND, "there is no such function") };
    let is_event = request.headers().get("x-amz-invocation-type").is_some_and(|kind| kind == "Event");
    let Ok(body) = request.into_body().collect().await.map(http_body_util::Collected::to_bytes) else {
        return problem(StatusCode::BAD_REQUEST, "the payload did not come");
    };
    if is_event {
        tokio::spawn(async move { pool.invoke(body).await });
        return with_status(StatusCode::ACCEPTED, Bytes::new());
    }
    match pool.invoke(body).await {
        Ok(answer) => with_status(StatusCode::OK, answer),
        Err(error) => {
            let document = json!({"errorType": "Failed", "errorMessage": error.to_string()}).to_string();
            let mut response = with_status(StatusCode::OK, document.into());
            response.headers_mut().insert("x-amz-function-error", hyper::header::HeaderValue::from_static("Unhandled"));
            response
        }
    }
}

async fn answer(doors: &Doors, tokens: &Tokens, request: Request<Incoming>) -> Response<Full<Bytes>> {
    let (parts, body) = request.into_parts();
    let Some((door, named)) = doors.find(parts.method.as_str(), parts.uri.path()) else {
        return problem(StatusCode::NOT_FOUND, "no route leads there");
    };
    let claims = tokens.verify(&parts.headers);
    if door.route.guarded {
        let Some(claims) = &claims else { return problem(StatusCode::UNAUTHORIZED, "Unauthorized") };
        let may = door.route.scopes.iter().any(|wanted| claims.grants(wanted));
        if !door.route.scopes.is_empty() && !may {
            return problem(StatusCode::FORBIDDEN, "Forbidden");
        }
    }
    let Ok(body) = body.collect().await.map(http_body_util::Collected::to_bytes) else {
        return problem(StatusCode::BAD_REQUEST, "the body did not come");
    };
    let event = event(&parts, &door.route, named, claims.filter(|_| door.route.guarded).as_ref(), &body);
    match door.pool.invoke(event.to_string().into()).await {
        Ok(answer) => response(&answer),
        Err(error) => problem(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

/// The request as payload version 2.0 has it.
fn event(
    parts: &hyper::http::request::Parts,
    route: &Route,
    named: HashMap<String, String>,
    claims: Option<&Claims>,
    body: &Bytes,
) -> Value {
    let path = parts.uri.path();
    let query = parts.uri.query().unwrap_or_default();
    let headers: HashMap<_, _> =
        parts.headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?))).collect();
    let route_key = format!("{} {}", route.method, route.path);
    let now = Timestamp::now();
    let mut event = json!({
        "version": "2.0", "routeKey": route_key, "rawPath": path, "rawQueryString": query, "headers": headers,
        "requestContext": {
            "accountId": "000000000000", "apiId": "load", "domainName": "localhost", "domainPrefix": "load",
            "http": {
                "method": route.method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1",
                "userAgent": headers.get("user-agent").copied().unwrap_or_default(),
            },
            "requestId": uuid::Uuid::now_v7(), "routeKey": route_key, "stage": "$default",
            "time": now.strftime("%d/%b/%Y:%H:%M:%S +0000").to_string(), "timeEpoch": now.as_millisecond(),
        },
        "isBase64Encoded": false,
    });
    if let Some(claims) = claims {
        event["requestContext"]["authorizer"] = json!({"jwt": {"claims": claims.texts(), "scopes": null}});
    }
    if !named.is_empty() {
        event["pathParameters"] = json!(named);
    }
    if !query.is_empty() {
        let pairs: HashMap<_, _> = url_pairs(query).collect();
        event["queryStringParameters"] = json!(pairs);
    }
    if !body.is_empty() {
        event["body"] = json!(String::from_utf8_lossy(body));
    }
    event
}

/// The users of this runner send nothing that would have to be unescaped.
fn url_pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

fn response(answer: &[u8]) -> Response<Full<Bytes>> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Payload {
        status_code: u16,
        #[serde(default)]
        headers: HashMap<String, String>,
        #[serde(default)]
        body: Option<String>,
    }
    let Ok(payload) = serde_json::from_slice::<Payload>(answer) else {
        return problem(StatusCode::BAD_GATEWAY, "the function's answer is none of payload version 2.0");
    };
    let mut builder = Response::builder().status(payload.status_code);
    for (name, value) in payload.headers {
        builder = builder.header(name, value);
    }
    let body = Full::from(payload.body.unwrap_or_default());
    builder.body(body).unwrap_or_else(|error| problem(StatusCode::BAD_GATEWAY, &error.to_string()))
}

fn problem(status: StatusCode, message: &str) -> Response<Full<Bytes>> {
    with_status(status, json!({"message": message}).to_string().into())
}

fn with_status(status: StatusCode, body: Bytes) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pool::Program;

    fn doors(paths: &[&str]) -> Doors {
        let mut doors = Doors::default();
        for path in paths {
            let [function, file, log] = [*path, "/nowhere", "/dev/null"].map(str::to_owned);
            let program = Program { function, file: file.into(), variables: Vec::new(), log: log.into() };
            let [method, path] = ["GET", *path].map(str::to_owned);
            let route = Route { method, path, guarded: false, scopes: Vec::new() };
            doors.add_route(&route, &Pool::new(program, 1));
        }
        doors
    }

    #[test]
    fn a_fixed_part_goes_before_a_named_one() {
        let doors = doors(&["/api/v1/reservations/{reservationId}", "/api/v1/reservations/my"]);
        let found = |path: &str| doors.find("GET", path).map(|(door, named)| (door.route.path.clone(), named));
        assert_eq!(found("/api/v1/reservations/my").unwrap().0, "/api/v1/reservations/my");
        let (path, named) = found("/api/v1/reservations/rsv_1").unwrap();
        assert_eq!((path.as_str(), named["reservationId"].as_str()), ("/api/v1/reservations/{reservationId}", "rsv_1"));
        assert!(found("/api/v1/reservations").is_none());
        assert!(doors.find("POST", "/api/v1/reservations/my").is_none());
    }
}
