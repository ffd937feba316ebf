//! Counts what a function's calls to DynamoDB are charged: a proxy that asks for the consumed capacity of every call,
//! adds it up, and hands the answer on. Only for counting: what is timed goes to the database directly.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use testkit::capacity;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::Failure;

/// The proxy. Dropping it ends it.
#[derive(Debug)]
pub struct Meter {
    /// Where it is.
    pub url: String,
    counts: Arc<Counts>,
    server: JoinHandle<()>,
}

/// What was counted.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Consumed {
    /// Calls.
    pub calls: f64,
    /// Write units.
    pub write_units: f64,
    /// Read units.
    pub read_units: f64,
}

#[derive(Debug)]
struct Counts {
    database: String,
    http: reqwest::Client,
    calls: AtomicU64,
    /// In thousandths.
    writes: AtomicU64,
    reads: AtomicU64,
}

impl Meter {
    /// Before this database.
    ///
    /// # Errors
    /// When there is no port.
    pub async fn start(database: &str) -> Result<Self, Failure> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let [calls, writes, reads] = [(); 3].map(|()| AtomicU64::new(0));
        let (database, http) = (database.to_owned(), reqwest::Client::builder().no_proxy().build()?);
        let counts = Arc::new(Counts { database, http, calls, writes, reads });
        let routes = Router::new().fallback(forward).with_state(Arc::clone(&counts));
        let server = tokio::spawn(async move {
            let _ = axum::serve(listener, routes).await;
        });
        Ok(Self { url, counts, server })
    }

    /// What was counted since it was last asked.
    #[must_use]
    pub fn take(&self) -> Consumed {
        #[allow(clippy::cast_precision_loss, reason = "counts of a run")]
        let taken = |count: &AtomicU64| count.swap(0, Ordering::SeqCst) as f64;
        let Counts { calls, writes, reads, .. } = self.counts.as_ref();
        Consumed { calls: taken(calls), write_units: taken(writes) / 1_000.0, read_units: taken(reads) / 1_000.0 }
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn forward(State(counts): State<Arc<Counts>>, headers: HeaderMap, body: Bytes) -> (StatusCode, HeaderMap, Bytes) {
    match ask(&counts, headers, &body).await {
        Ok(answer) => answer,
        Err(error) => (StatusCode::BAD_GATEWAY, HeaderMap::new(), error.to_string().into()),
    }
}

async fn ask(counts: &Counts, headers: HeaderMap, body: &Bytes) -> Result<(StatusCode, HeaderMap, Bytes), Failure> {
    let request = capacity::asking(body)?;
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let target = text("x-amz-target");
    let mut forwarded = counts.http.post(&counts.database).body(request.to_string());
    for name in ["x-amz-target", "content-type", "authorization", "x-amz-date"] {
        forwarded = forwarded.header(name, text(name));
    }
    let answer = forwarded.send().await?;
    let status = answer.status();
    let content_type = answer.headers().get("content-type").cloned();
    let body = answer.bytes().await?;
    let operation = target.rsplit_once('.').map_or(target.as_str(), |(_, operation)| operation);
    let (writes, reads) = capacity::consumed(operation, &request, &serde_json::from_slice(&body).unwrap_or_default());
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
    let thousandths = |units: f64| (units * 1_000.0).round() as u64;
    counts.calls.fetch_add(1, Ordering::SeqCst);
    counts.writes.fetch_add(thousandths(writes), Ordering::SeqCst);
    counts.reads.fetch_add(thousandths(reads), Ordering::SeqCst);
    let headers = content_type.map(|value| (axum::http::header::CONTENT_TYPE, value));
    Ok((status, headers.into_iter().collect(), body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn writes_are_counted_whether_they_succeed_or_not() {
        let database = testkit::Database::start().await;
        database.create(&crate::stack::dynamodb(&database.endpoint), "PaymentsTable").await;
        let meter = Meter::start(&database.endpoint).await.unwrap();
        let client = crate::stack::dynamodb(&meter.url);
        let key = || Some(kit::dynamo::key("a", "b"));
        let put = || {
            let put = client.put_item().table_name("PaymentsTable").set_item(key());
            put.condition_expression("attribute_not_exists(pk)").send()
        };
        put().await.unwrap();
        put().await.unwrap_err();
        client.get_item().table_name("PaymentsTable").set_key(key()).send().await.unwrap();
        assert_eq!(meter.take(), Consumed { calls: 3.0, write_units: 2.0, read_units: 0.5 });
        assert_eq!(meter.take(), Consumed::default());
    }
}
