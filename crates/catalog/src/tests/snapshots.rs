//! The object that an index begins with, on a bucket that speaks as much S3 as is asked of it.

use std::sync::{Arc, Mutex};

use aws_credential_types::Credentials;
use aws_sdk_s3::config::retry::RetryConfig;
use aws_sdk_s3::config::{BehaviorVersion, Region};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use contracts::ids::EventId;
use contracts::insights::EventPopularity;
use jiff::{SignedDuration, Timestamp};
use testkit::Faults;

use super::fixture::{Fixture, now};
use crate::domain::search::listing::{Filter, Sort};
use crate::search::Search;
use crate::search::bucket::{Bucket, KEY};
use crate::search::take::{Outcome, TakeError, take};
use crate::store::Store;

const LATEST: HeaderName = HeaderName::from_static("x-amz-meta-latest");

/// The one object, with its metadata; `None` when it is not there.
type Object = Arc<Mutex<Option<(Bytes, HeaderValue)>>>;

async fn answer(State(object): State<Object>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    if uri.path() != format!("/bucket/{KEY}") {
        return StatusCode::FORBIDDEN.into_response();
    }
    let mut object = object.lock().unwrap();
    match (method, object.as_ref()) {
        (Method::PUT, _) => {
            *object = Some((body, headers[LATEST].clone()));
            StatusCode::OK.into_response()
        }
        (Method::GET, Some((body, latest))) => ([(LATEST, latest.clone())], body.clone()).into_response(),
        (Method::HEAD, Some((_, latest))) => [(LATEST, latest.clone())].into_response(),
        (Method::GET, None) => (StatusCode::NOT_FOUND, "<Error><Code>NoSuchKey</Code></Error>").into_response(),
        (Method::HEAD, None) => StatusCode::NOT_FOUND.into_response(),
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}

struct S3 {
    object: Object,
    bucket: Bucket,
    /// One that we may not use.
    forbidden: Bucket,
}

async fn s3() -> S3 {
    let object = Object::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let app = axum::Router::new().fallback(answer).with_state(object.clone());
    tokio::spawn(async move { axum::serve(listener, app.layer(axum::extract::DefaultBodyLimit::disable())).await });
    let config = aws_sdk_s3::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .endpoint_url(endpoint)
        .force_path_style(true)
        .retry_config(RetryConfig::disabled())
        .credentials_provider(Credentials::new("test", "test", None, None, "test"));
    let client = aws_sdk_s3::Client::from_conf(config.build());
    S3 { object, bucket: Bucket::new(client.clone(), "bucket"), forbidden: Bucket::new(client, "forbidden") }
}

fn store(fixture: &Fixture) -> Store {
    Store::new(fixture.table.client(), &fixture.table.name)
}

async fn all(search: &Search, at: Timestamp) -> Vec<(EventId, String)> {
    let (cards, _) = search.list(&Filter::default(), Sort::Popular, 100, None, at).await.unwrap();
    cards.into_iter().map(|card| (card.id, card.title)).collect()
}

#[tokio::test]
async fn an_index_begins_with_the_snapshot_and_goes_on_with_what_came_after() {
    let (fixture, s3) = (Fixture::start().await, s3().await);
    let search = || Search::new(store(&fixture), Some(s3.bucket.clone()));
    assert_eq!(take(&store(&fixture), &s3.bucket).await.unwrap(), Outcome::Current);
    let first = fixture.on_sale("First", &[24]).await;
    fixture.on_sale("Second", &[24]).await;
    let popularity = EventPopularity { event_id: first, tickets: 5, revision: 1 };
    fixture.catalog.apply_popularity(&popularity, now()).await.unwrap();
    // Without a snapshot everything is read from the table.
    let expected = all(&fixture.search(), now()).await;
    assert_eq!((expected.len(), expected[0].0), (2, first));
    assert_eq!(all(&search(), now()).await, expected);

    assert!(matches!(take(&store(&fixture), &s3.bucket).await.unwrap(), Outcome::Taken { changes: 3, .. }));
    assert_eq!(take(&store(&fixture), &s3.bucket).await.unwrap(), Outcome::Current);
    assert_eq!(all(&search(), now()).await, expected);
    // An hour later only what changed since is read: what is gone from the table is still in the snapshot.
    let an_hour_later = now() + SignedDuration::from_hours(1);
    fixture
        .catalog
        .apply_popularity(&EventPopularity { tickets: 0, revision: 2, ..popularity }, an_hour_later)
        .await
        .unwrap();
    for item in fixture.table.items().await.into_iter().filter(|item| item["sk"].as_s().unwrap() == "CARD") {
        let key = kit::dynamo::key(item["pk"].as_s().unwrap(), "CARD");
        fixture.table.client().delete_item().table_name(&fixture.table.name).set_key(Some(key)).send().await.unwrap();
    }
    let reversed: Vec<_> = expected.iter().rev().cloned().collect();
    assert_eq!(all(&search(), an_hour_later).await, reversed);
    assert!(all(&fixture.search(), an_hour_later).await.is_empty());
}

#[tokio::test]
async fn a_useless_snapshot_is_left_alone_and_replaced() {
    let (fixture, s3) = (Fixture::start().await, s3().await);
    let event = fixture.on_sale("First", &[24]).await;
    take(&store(&fixture), &s3.bucket).await.unwrap();
    let whole = s3.object.lock().unwrap().clone().unwrap();
    for useless in [Bytes::new(), Bytes::from_static(b"nonsense"), whole.0.slice(..whole.0.len() / 2)] {
        *s3.object.lock().unwrap() = Some((useless, HeaderValue::from_static("0")));
        let search = Search::new(store(&fixture), Some(s3.bucket.clone()));
        assert_eq!(all(&search, now()).await, [(event, "First".to_owned())]);
        assert!(matches!(take(&store(&fixture), &s3.bucket).await.unwrap(), Outcome::Taken { .. }));
        assert_eq!(s3.object.lock().unwrap().clone().unwrap(), whole);
    }
}

#[tokio::test]
async fn without_the_bucket_the_table_is_enough() {
    let (fixture, s3) = (Fixture::start().await, s3().await);
    let event = fixture.on_sale("First", &[24]).await;
    let search = Search::new(store(&fixture), Some(s3.forbidden.clone()));
    assert_eq!(all(&search, now()).await, [(event, "First".to_owned())]);
    assert!(matches!(take(&store(&fixture), &s3.forbidden).await, Err(TakeError::Bucket(_))));
}

#[tokio::test]
async fn a_snapshot_that_fails_leaves_the_one_before() {
    let (fixture, s3) = (Fixture::start().await, s3().await);
    fixture.on_sale("First", &[24]).await;
    take(&store(&fixture), &s3.bucket).await.unwrap();
    let before = s3.object.lock().unwrap().clone();
    fixture.on_sale("Second", &[24]).await;
    for fault in Faults::every(3) {
        let faults = Faults::one(fault);
        let failing = Store::new(fixture.table.failing_client(&faults), &fixture.table.name);
        let outcome = take(&failing, &s3.bucket).await;
        if !faults.struck() {
            assert!(matches!(outcome, Ok(Outcome::Taken { changes: 2, .. })), "{outcome:?}");
            return;
        }
        assert!(outcome.is_err(), "{fault:?}");
        assert_eq!(*s3.object.lock().unwrap(), before, "{fault:?}");
    }
    panic!("a snapshot made more calls than were made to fail");
}
