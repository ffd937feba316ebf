//! The PG's own page, which a buyer is sent to with an order and comes back from with a payment key.
//!
//! Addresses and codes are those of Toss's payment window: `successUrl` gets `paymentKey`, `orderId` and `amount`,
//! `failUrl` gets `code`, `message` and `orderId`. Instead of a card, the buyer chooses what the bank will do.

mod order;
mod words;

use std::sync::Arc;

use askama::Template;
use axum::extract::{RawForm, RawQuery, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, REFERRER_POLICY};
use axum::http::{HeaderName, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use uuid::Uuid;

use super::shared::Shared;
use order::{Order, Wrong};
use words::Words;

/// Forms may lead back to any shop on this machine, and nothing else happens on the page.
const SECURITY_HEADERS: [(HeaderName, &str); 3] = [
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; form-action 'self' http://localhost:* http://127.0.0.1:*; \
         base-uri 'none'; frame-ancestors 'none'",
    ),
    (CACHE_CONTROL, "no-store"),
    (REFERRER_POLICY, "no-referrer"),
];

/// What the bank may do instead of paying at once: the beginning of the payment key.
const OTHER_OUTCOMES: [&str; 5] = ["decline_", "timeout_ok_", "timeout_no_", "late_", "error_"];
const APPROVE: &str = "ok_";
const CANCEL: &str = "cancel";

#[derive(Template)]
#[template(path = "checkout.html")]
struct Page<'a> {
    order: &'a Order,
    words: &'static Words,
    amount: String,
}

#[derive(Template)]
#[template(path = "checkout_refused.html")]
struct RefusedPage {
    words: &'static Words,
    wrong: Vec<Wrong>,
}

/// `GET /checkout`: the page.
pub(super) async fn show(RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    match Order::read(query.as_bytes()) {
        Ok(order) => {
            let words = Words::of(&order.locale);
            let page = Page { order: &order, words, amount: words.money(order.amount) };
            respond(StatusCode::OK, &page)
        }
        Err(wrong) => refuse(query.as_bytes(), wrong),
    }
}

/// `POST /checkout`: a button was pressed; back to the shop.
pub(super) async fn decide(State(shared): State<Arc<Shared>>, RawForm(form): RawForm) -> Response {
    let order = match Order::read(&form) {
        Ok(order) => order,
        Err(wrong) => return refuse(&form, wrong),
    };
    match order::field(&form, "outcome") {
        Some(outcome) if outcome == CANCEL => {
            let message = Words::of(&order.locale).cancelled;
            go_to(order.failed("PAY_PROCESS_CANCELED", message).as_str())
        }
        Some(prefix) if prefix == APPROVE || OTHER_OUTCOMES.contains(&prefix.as_str()) => {
            let payment_key = format!("{prefix}{}", Uuid::now_v7().simple());
            shared.change(|ledger| ledger.hand_out(&payment_key, &order.id, order.amount));
            go_to(order.succeeded(&payment_key).as_str())
        }
        _ => refuse(&form, vec![Wrong { parameter: "outcome", rule: "one of the page's buttons" }]),
    }
}

/// `GET /checkout/style.css`.
pub(super) async fn style() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("style.css"))
}

fn refuse(fields: &[u8], wrong: Vec<Wrong>) -> Response {
    let words = Words::of(&order::field(fields, "locale").unwrap_or_default());
    respond(StatusCode::BAD_REQUEST, &RefusedPage { words, wrong })
}

fn respond(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => (status, SECURITY_HEADERS, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "the page cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn go_to(address: &str) -> Response {
    (StatusCode::SEE_OTHER, SECURITY_HEADERS, [(LOCATION, address)]).into_response()
}
