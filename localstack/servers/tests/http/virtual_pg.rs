//! The virtual PG keeps what its documentation promises.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use jari_local_servers::virtual_pg::{self, Config, Handle};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};

const PATIENCE: Duration = Duration::from_millis(300);

async fn start() -> Handle {
    virtual_pg::spawn(quick()).await.unwrap()
}

fn quick() -> Config {
    Config { late_approval: Duration::from_millis(50), webhook_retry: Duration::from_millis(20), ..Config::default() }
}

fn confirm(pg: &Handle, key: &str, order: &str, amount: u64) -> RequestBuilder {
    Client::new()
        .post(format!("{}/v1/payments/confirm", pg.url))
        .basic_auth(&pg.secret_key, Some(""))
        .json(&json!({ "paymentKey": key, "orderId": order, "amount": amount }))
}

fn cancel(pg: &Handle, key: &str, body: &Value) -> RequestBuilder {
    Client::new().post(format!("{}/v1/payments/{key}/cancel", pg.url)).basic_auth(&pg.secret_key, Some("")).json(body)
}

async fn get(pg: &Handle, path: &str) -> Response {
    Client::new()
        .get(format!("{}/v1/payments/{path}", pg.url))
        .basic_auth(&pg.secret_key, Some(""))
        .send()
        .await
        .unwrap()
}

async fn read(request: RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

#[tokio::test]
async fn approves_and_shows_the_payment() {
    let pg = start().await;
    let (status, body) = read(confirm(&pg, "ok_1", "pay_1", 55_000)).await;
    assert_eq!((status, &body["status"]), (200, &json!("DONE")));
    assert_eq!(body["balanceAmount"], 55_000);
    let by_order: Value = get(&pg, "orders/pay_1").await.json().await.unwrap();
    let by_key: Value = get(&pg, "ok_1").await.json().await.unwrap();
    assert_eq!((&by_order, &by_key), (&body, &body));

    let (status, body) = read(confirm(&pg, "ok_1", "pay_1", 1)).await;
    assert_eq!((status, &body["code"]), (400, &json!("ALREADY_PROCESSED_PAYMENT")));
}

#[tokio::test]
async fn refuses_strangers() {
    let pg = start().await;
    let url = format!("{}/v1/payments/orders/pay_1", pg.url);
    let nobody = Client::new().get(&url);
    let stranger = Client::new().get(&url).basic_auth("test_sk_other", Some(""));
    for request in [nobody, stranger] {
        let (status, body) = read(request).await;
        assert_eq!((status, &body["code"]), (401, &json!("UNAUTHORIZED_KEY")));
    }
}

#[tokio::test]
async fn declines_fails_and_rejects_nonsense() {
    let pg = start().await;
    for (key, status, code) in [
        ("decline_1", 400, "REJECT_CARD_COMPANY"),
        ("error_1", 500, "FAILED_INTERNAL_SYSTEM_PROCESSING"),
        ("unheard_of", 404, "NOT_FOUND_PAYMENT_SESSION"),
    ] {
        let (answered, body) = read(confirm(&pg, key, key, 1_000)).await;
        assert_eq!((answered, &body["code"]), (status, &json!(code)));
    }
    let declined: Value = get(&pg, "orders/decline_1").await.json().await.unwrap();
    assert_eq!(declined["status"], "ABORTED");
    assert_eq!(declined["failure"]["code"], "REJECT_CARD_COMPANY");
    assert_eq!(get(&pg, "orders/error_1").await.status(), 404);

    let (status, body) = read(confirm(&pg, "ok_1", "pay_1", 0)).await;
    assert_eq!((status, &body["code"]), (400, &json!("INVALID_REQUEST")));
    assert_eq!(pg.overview().totals.approvals, 0);
}

#[tokio::test]
async fn never_answers_but_can_be_asked() {
    let pg = start().await;
    for (key, status) in [("timeout_ok_1", 200), ("timeout_no_1", 404)] {
        let request = confirm(&pg, key, key, 1_000).timeout(PATIENCE);
        assert!(request.send().await.unwrap_err().is_timeout());
        assert_eq!(get(&pg, &format!("orders/{key}")).await.status(), status);
    }
    assert_eq!(pg.overview().order("timeout_ok_1").unwrap().captured, 1_000);
}

#[tokio::test]
async fn the_same_idempotency_key_does_nothing_twice() {
    let pg = start().await;
    let ask = || confirm(&pg, "ok_1", "pay_1", 10_000).header("Idempotency-Key", "pay_1");
    let first = read(ask()).await;
    assert_eq!(read(ask()).await, first);
    assert_eq!(pg.overview().order("pay_1").unwrap().confirm_requests, 1);

    let part = json!({ "cancelReason": "one seat less", "cancelAmount": 4_000 });
    let refund = || cancel(&pg, "ok_1", &part).header("Idempotency-Key", "refund-1");
    let first = read(refund()).await;
    assert_eq!(first.0, 200);
    assert_eq!(read(refund()).await, first);
    assert_eq!(pg.overview().totals.cancelled, 4_000);

    let long = confirm(&pg, "ok_2", "pay_2", 1).header("Idempotency-Key", "x".repeat(301));
    assert_eq!(read(long).await.1["code"], "INVALID_IDEMPOTENCY_KEY");
}

#[tokio::test]
async fn a_repeat_of_an_unanswered_request_is_told_so() {
    let pg = start().await;
    let ask = || confirm(&pg, "timeout_ok_1", "pay_1", 1_000).header("Idempotency-Key", "pay_1");
    let silent = tokio::spawn(ask().timeout(Duration::from_secs(5)).send());
    while pg.overview().order("pay_1").is_none() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let (status, body) = read(ask()).await;
    assert_eq!((status, &body["code"]), (409, &json!("IDEMPOTENT_REQUEST_PROCESSING")));
    silent.abort();
}

#[tokio::test]
async fn gives_back_in_parts_but_never_too_much() {
    let pg = start().await;
    confirm(&pg, "ok_1", "pay_1", 10_000).send().await.unwrap();
    let part = json!({ "cancelReason": "rain", "cancelAmount": 3_000 });
    let (status, body) = read(cancel(&pg, "ok_1", &part)).await;
    assert_eq!((status, &body["status"]), (200, &json!("PARTIAL_CANCELED")));
    assert_eq!(body["balanceAmount"], 7_000);
    assert_eq!(body["cancels"][0]["cancelAmount"], 3_000);

    let too_much = json!({ "cancelReason": "rain", "cancelAmount": 7_001 });
    let (status, body) = read(cancel(&pg, "ok_1", &too_much)).await;
    assert_eq!((status, &body["code"]), (403, &json!("NOT_CANCELABLE_AMOUNT")));

    let (_, body) = read(cancel(&pg, "ok_1", &json!({ "cancelReason": "rain" }))).await;
    assert_eq!((&body["status"], &body["balanceAmount"]), (&json!("CANCELED"), &json!(0)));
    let (status, _) = read(cancel(&pg, "ok_9", &part)).await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn approves_late_and_tells_until_heard() {
    let pg = start().await;
    let heard = Arc::new(Mutex::new(Vec::<Value>::new()));
    let (messages, refusals) = (Arc::clone(&heard), Arc::new(AtomicU32::new(2)));
    let receiver = Router::new().route(
        "/webhook",
        post(move |Json(message): Json<Value>| async move {
            let left = refusals.load(Ordering::SeqCst);
            if left > 0 {
                refusals.store(left - 1, Ordering::SeqCst);
                return StatusCode::SERVICE_UNAVAILABLE;
            }
            messages.lock().unwrap().push(message);
            StatusCode::OK
        }),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    pg.set_callback_url(format!("http://{}/webhook", listener.local_addr().unwrap()));
    tokio::spawn(async { axum::serve(listener, receiver).await });

    let (status, body) = read(confirm(&pg, "late_1", "pay_1", 9_000)).await;
    assert_eq!((status, &body["status"]), (200, &json!("IN_PROGRESS")));
    let message = loop {
        if let Some(message) = heard.lock().unwrap().pop() {
            break message;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    };
    assert_eq!(message["eventType"], "PAYMENT_STATUS_CHANGED");
    assert_eq!(message["data"]["status"], "DONE");
    assert_eq!(message["data"]["totalAmount"], 9_000);
    let asked: Value = get(&pg, "late_1").await.json().await.unwrap();
    assert_eq!(asked["status"], "DONE");
}

#[tokio::test]
async fn a_restart_forgets_nothing() {
    let file = std::env::temp_dir().join(format!("virtual-pg-{}.json", uuid::Uuid::now_v7()));
    let config = Config { state_file: Some(file.clone()), ..quick() };
    let pg = virtual_pg::spawn(config.clone()).await.unwrap();
    confirm(&pg, "ok_1", "pay_1", 1_000).header("Idempotency-Key", "pay_1").send().await.unwrap();
    confirm(&pg, "late_2", "pay_2", 2_000).send().await.unwrap();
    pg.stop().await.unwrap();

    let pg = virtual_pg::spawn(config).await.unwrap();
    let repeat = confirm(&pg, "ok_1", "pay_1", 1_000).header("Idempotency-Key", "pay_1");
    assert_eq!(read(repeat).await.1["status"], "DONE");
    assert_eq!(pg.overview().order("pay_1").unwrap().approvals, 1);
    while pg.overview().order("pay_2").unwrap().approvals == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    std::fs::remove_file(file).unwrap();
}
