//! The call to booking, against a server that answers as Lambda does.

use aws_credential_types::Credentials;
use aws_sdk_lambda::config::retry::RetryConfig;
use aws_sdk_lambda::config::{BehaviorVersion, Region};
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue};
use axum::routing::post;
use contracts::booking::{BeginPayment, PaymentStart};
use contracts::ids::{PaymentId, ReservationId, UserId};
use payments::reservations::{InvokedReservations, Reservations as _};

async fn booking(answer: &'static str, failed: bool) -> InvokedReservations {
    let invoke = move |Path(function): Path<String>, body: String| async move {
        assert_eq!(function, "begin-payment");
        serde_json::from_str::<BeginPayment>(&body).unwrap();
        let mut headers = HeaderMap::new();
        if failed {
            headers.insert("x-amz-function-error", HeaderValue::from_static("Unhandled"));
        }
        (headers, answer)
    };
    let app = Router::new().route("/2015-03-31/functions/{function}/invocations", post(invoke));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    InvokedReservations::new(client(&endpoint), "begin-payment")
}

fn client(endpoint: &str) -> aws_sdk_lambda::Client {
    let config = aws_sdk_lambda::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .endpoint_url(endpoint)
        .retry_config(RetryConfig::disabled())
        .credentials_provider(Credentials::new("test", "test", None, None, "test"));
    aws_sdk_lambda::Client::from_conf(config.build())
}

fn call() -> BeginPayment {
    BeginPayment {
        user_id: UserId::generate(),
        reservation_id: ReservationId::generate(),
        payment_id: PaymentId::generate(),
        payable_min: 0,
        payable_max: 1,
        payable_currency: None,
    }
}

#[tokio::test]
async fn bookings_answer_is_passed_on() {
    let answer = r#"{"outcome":"totalOutside","total":5}"#;
    let start = booking(answer, false).await.begin_payment(&call()).await.unwrap();
    assert_eq!(start, PaymentStart::TotalOutside { total: 5 });
}

#[tokio::test]
async fn anything_else_is_no_answer() {
    let failure = r#"{"errorType":"Runtime.ExitError","errorMessage":"exit"}"#;
    for (answer, failed) in [(failure, true), (failure, false), ("", false), ("null", false)] {
        assert!(booking(answer, failed).await.begin_payment(&call()).await.is_err(), "{answer}");
    }
    let nobody = InvokedReservations::new(client("http://127.0.0.1:1"), "begin-payment");
    assert!(nobody.begin_payment(&call()).await.is_err());
}
