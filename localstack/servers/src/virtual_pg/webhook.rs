//! Late approvals and the webhooks that tell of them.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::json;

use super::payment::{Status, seoul_webhook_time};
use super::shared::Shared;

/// Toss gives a receiver ten seconds.
const RECEIVER_TIMEOUT: Duration = Duration::from_secs(10);

/// Approves a payment after the configured delay, then tells the merchant.
pub(super) fn approve_later(shared: &Arc<Shared>, payment_key: String) {
    let shared = Arc::clone(shared);
    tokio::spawn(async move {
        tokio::time::sleep(shared.config.late_approval).await;
        let is_approved = shared.change(|ledger| {
            let approved = ledger.approve(&payment_key, Timestamp::now());
            if approved.is_some() {
                ledger.owe_webhook(&payment_key);
            }
            approved.is_some()
        });
        if is_approved {
            deliver(&shared, &payment_key).await;
        }
    });
}

/// Takes up what a restart interrupted: approvals to come and webhooks still owed.
pub(super) fn resume(shared: &Arc<Shared>) {
    let (in_progress, owed) = {
        let ledger = shared.ledger();
        let in_progress: Vec<String> = ledger
            .payments()
            .filter(|payment| payment.status == Status::InProgress)
            .map(|payment| payment.payment_key.clone())
            .collect();
        (in_progress, ledger.unsent_webhooks())
    };
    for payment_key in in_progress {
        approve_later(shared, payment_key);
    }
    for payment_key in owed {
        let shared = Arc::clone(shared);
        tokio::spawn(async move { deliver(&shared, &payment_key).await });
    }
}

async fn deliver(shared: &Shared, payment_key: &str) {
    let mut pause = shared.config.webhook_retry;
    for attempt in 1..=shared.config.webhook_attempts {
        let Some(url) = shared.callback_url() else {
            break;
        };
        match send(shared, &url, payment_key).await {
            Ok(()) => break,
            Err(reason) => {
                tracing::warn!(payment_key, attempt, reason, "webhook was not accepted");
            }
        }
        if attempt < shared.config.webhook_attempts {
            tokio::time::sleep(pause).await;
            pause *= 2;
        }
    }
    shared.change(|ledger| ledger.settle_webhook(payment_key));
}

async fn send(shared: &Shared, url: &str, payment_key: &str) -> Result<(), String> {
    let payment = shared.ledger().payment(payment_key).map_err(|error| error.to_string())?.to_toss();
    let body = json!({
        "eventType": "PAYMENT_STATUS_CHANGED",
        "createdAt": seoul_webhook_time(Timestamp::now()),
        "data": payment,
    });
    let answer = shared
        .client
        .post(url)
        .timeout(RECEIVER_TIMEOUT)
        .json(&body)
        .send()
        .await
        .map_err(|error| error.to_string())?;
    if answer.status().is_success() { Ok(()) } else { Err(format!("receiver answered {}", answer.status())) }
}
