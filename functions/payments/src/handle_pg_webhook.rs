//! `POST /payments/webhook`

use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use payments::gateway::PaymentGateway;
use payments::settle::Settlement;
use payments::webhook::{Notification, Stage, WebhookError};
use serde::Deserialize;
use serde_json::{Value, json};

/// The one kind of notification that concerns payments.
const STATUS_CHANGED: &str = "PAYMENT_STATUS_CHANGED";

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    event_type: String,
    data: Data,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    order_id: String,
    payment_key: String,
    status: String,
    total_amount: Option<i64>,
}

/// Takes a notification of Toss Payments; answers 200 `{}` once it is verified and dealt with.
///
/// # Errors
/// 401 `unverifiable_webhook` for whatever the PG does not confirm, 503 while it cannot be asked.
pub async fn handle<G: PaymentGateway>(app: &Settlement<G>, call: Call) -> Result<Reply, Problem> {
    // JSON of any other shape is no notification of the PG's, which is all that its sender need know.
    let notification = notification(call.body()?).ok_or(WebhookError::Unverifiable)?;
    app.notified(&notification, Timestamp::now()).await?;
    Reply::ok(&json!({}))
}

fn notification(body: Value) -> Option<Notification> {
    let Body { event_type, data } = serde_json::from_value(body).ok()?;
    if event_type != STATUS_CHANGED {
        return None;
    }
    Some(Notification {
        stage: Stage::of_toss(&data.status)?,
        order_id: data.order_id,
        payment_key: data.payment_key,
        amount: data.total_amount,
    })
}
