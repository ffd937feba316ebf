//! What the virtual payment gateway knows, and payment keys that tell it what to do.

use reqwest::Url;
use reqwest::redirect::Policy;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::stack::{Stack, client};

/// A payment key of its own with this prefix, for example `ok` or `timeout_no`.
#[must_use]
pub fn payment_key(behaviour: &str) -> String {
    format!("{behaviour}_{}", Uuid::now_v7().simple())
}

/// The payment key that a buyer comes back with from the gateway's page, having agreed to pay this amount for this order.
///
/// # Panics
/// When the page does not send them back with one.
pub async fn authorised(order_id: &str, amount: i64) -> String {
    let amount = amount.to_string();
    let fields = [
        ("orderId", order_id),
        ("amount", &amount),
        ("orderName", "The Seagull"),
        ("successUrl", "http://localhost:3000/paid"),
        ("failUrl", "http://localhost:3000/not-paid"),
        ("outcome", "ok_"),
    ];
    let page = Url::parse_with_params(&format!("{}/checkout", Stack::get().pg_url), fields).expect("an address");
    let (address, form) = (page.join(page.path()).expect("an address"), page.query().expect("fields").to_owned());
    let browser = client().redirect(Policy::none()).build().expect("a client");
    let pressed = browser.post(address).header("content-type", "application/x-www-form-urlencoded").body(form);
    let answer = pressed.send().await.expect("an answer of the gateway");
    let back = answer.headers().get("location").and_then(|back| back.to_str().ok()).expect("a way back");
    let back = Url::parse(back).expect("an address");
    let key = back.query_pairs().find(|(name, _)| name == "paymentKey").map(|(_, key)| key.into_owned());
    key.unwrap_or_else(|| panic!("no payment key in {back}"))
}

/// What became of an order (a payment of ours) at the gateway, in won.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Order {
    /// Times it was approved.
    pub approvals: u64,
    /// Captured, before cancellations.
    pub captured: u64,
    /// Given back.
    pub cancelled: u64,
}

/// The order of a payment; all zero when the gateway never heard of it.
///
/// # Panics
/// When the gateway does not answer.
pub async fn order(payment_id: &str) -> Order {
    let overview = overview().await;
    let orders = overview["orders"].as_array().expect("orders");
    let Some(order) = orders.iter().find(|order| order["orderId"] == payment_id) else { return Order::default() };
    let number = |name: &str| order[name].as_u64().unwrap_or_else(|| panic!("no {name} in {order}"));
    Order { approvals: number("approvals"), captured: number("captured"), cancelled: number("cancelled") }
}

/// The notification that the gateway sends about a payment, as it would be now.
///
/// # Panics
/// When the gateway has no such payment.
pub async fn notification(payment_key: &str) -> Value {
    let overview = overview().await;
    let payments = overview["payments"].as_array().expect("payments");
    let payment = payments.iter().find(|payment| payment["paymentKey"] == payment_key).expect("the gateway's payment");
    json!({"eventType": "PAYMENT_STATUS_CHANGED", "createdAt": "2026-11-21T12:00:00.000000", "data": payment})
}

async fn overview() -> Value {
    let client = client().build().expect("a client can be built");
    let url = format!("{}/_virtual-pg/payments", Stack::get().pg_url);
    client.get(url).send().await.expect("the virtual PG answers").json().await.expect("in JSON")
}
