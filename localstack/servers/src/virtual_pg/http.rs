//! The HTTP side: authentication, bodies and routes.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, Request as HttpRequest, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use serde::Deserialize;

use super::checkout;
use super::error::TossError;
use super::idempotency::{Begun, Request};
use super::ledger::Confirmation;
use super::overview::Overview;
use super::shared::Shared;
use super::webhook;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ConfirmBody {
    payment_key: String,
    order_id: String,
    amount: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CancelBody {
    cancel_reason: String,
    cancel_amount: Option<u64>,
}

/// The routes of one virtual PG.
pub(super) fn routes(shared: Arc<Shared>) -> Router {
    let toss = Router::new()
        .route("/v1/payments/confirm", post(confirm))
        .route("/v1/payments/{paymentKey}/cancel", post(cancel))
        .route("/v1/payments/{paymentKey}", get(payment))
        .route("/v1/payments/orders/{orderId}", get(payment_of_order))
        .route_layer(middleware::from_fn_with_state(Arc::clone(&shared), authenticate));
    Router::new()
        .merge(toss)
        .route("/checkout", get(checkout::show).post(checkout::decide))
        .route("/checkout/style.css", get(checkout::style))
        .route("/_virtual-pg/payments", get(overview))
        .with_state(shared)
}

async fn authenticate(State(shared): State<Arc<Shared>>, request: HttpRequest, next: Next) -> Response {
    let expected = BASE64_STANDARD.encode(format!("{}:", shared.config.secret_key));
    let is_known = request
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Basic "))
        .is_some_and(|credentials| credentials == expected);
    if is_known { next.run(request).await } else { TossError::UnauthorizedKey.into_response() }
}

async fn confirm(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    let request = match Request::begin(&shared, "POST /v1/payments/confirm", &headers) {
        Begun::Fresh(request) => request,
        Begun::Answered(response) => return response,
    };
    let Ok(body) = serde_json::from_slice::<ConfirmBody>(&body) else {
        return request.answer(Err(TossError::InvalidRequest));
    };
    let now = Timestamp::now();
    let confirmation = shared.change(|ledger| ledger.confirm(&body.payment_key, &body.order_id, body.amount, now));
    match confirmation {
        Ok(Confirmation::Answer(payment)) => request.answer(Ok(payment.to_toss())),
        Ok(Confirmation::ApproveLater(payment)) => {
            webhook::approve_later(&shared, body.payment_key);
            request.answer(Ok(payment.to_toss()))
        }
        Ok(Confirmation::Silence) => {
            tokio::time::sleep(shared.config.silence).await;
            StatusCode::GATEWAY_TIMEOUT.into_response()
        }
        Err(error) => request.answer(Err(error)),
    }
}

async fn cancel(
    State(shared): State<Arc<Shared>>,
    Path(payment_key): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let path = format!("POST /v1/payments/{payment_key}/cancel");
    let request = match Request::begin(&shared, &path, &headers) {
        Begun::Fresh(request) => request,
        Begun::Answered(response) => return response,
    };
    let Ok(body) = serde_json::from_slice::<CancelBody>(&body) else {
        return request.answer(Err(TossError::InvalidRequest));
    };
    let now = Timestamp::now();
    let result = shared.change(|ledger| ledger.cancel(&payment_key, &body.cancel_reason, body.cancel_amount, now));
    request.answer(result.map(|payment| payment.to_toss()))
}

async fn payment(State(shared): State<Arc<Shared>>, Path(payment_key): Path<String>) -> Result<Response, TossError> {
    let payment = shared.ledger().payment(&payment_key)?.to_toss();
    Ok(Json(payment).into_response())
}

async fn payment_of_order(
    State(shared): State<Arc<Shared>>,
    Path(order_id): Path<String>,
) -> Result<Response, TossError> {
    let payment = shared.ledger().payment_of_order(&order_id)?.to_toss();
    Ok(Json(payment).into_response())
}

async fn overview(State(shared): State<Arc<Shared>>) -> Json<Overview> {
    Json(Overview::of(&shared.ledger()))
}
