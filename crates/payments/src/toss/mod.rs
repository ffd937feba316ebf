//! Toss Payments as a [`PaymentGateway`]: `POST /v1/payments/confirm`, `GET /v1/payments/orders/{orderId}`,
//! `POST /v1/payments/{paymentKey}/cancel`.

mod answer;

use std::fmt;
use std::time::{Duration, Instant};

use contracts::ids::PaymentId;
use reqwest::redirect::Policy;
use reqwest::{RequestBuilder, Response, StatusCode, Url};
use serde_json::json;

use crate::domain::verdict::{OrderStatus, PgOrder};
use crate::gateway::{CancelReason, Charge, Doubt, GatewayError, Outcome, PaymentGateway};
use answer::{Refusal, TossError, TossPayment};

/// How often a question or a cancellation is sent within one call. Charges are repeated by the use case instead, which
/// looks at the order between two tries.
const TRIES: u32 = 3;
const RETRY_BASE: Duration = Duration::from_millis(100);
const RETRY_CEILING: Duration = Duration::from_millis(800);

/// A connection is there quickly or not at all.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);

/// Why the client could not be made.
#[derive(Debug, thiserror::Error)]
pub enum TossConfigError {
    /// The address is not an absolute HTTP URL.
    #[error("the PG's address is not an absolute http(s) URL")]
    Address,
    /// The HTTP client does not start.
    #[error("the HTTP client does not start")]
    Client(#[from] reqwest::Error),
}

/// A client of Toss Payments.
#[derive(Clone)]
pub struct Toss {
    client: reqwest::Client,
    base: Url,
    secret_key: String,
    timeout: Duration,
}

impl fmt::Debug for Toss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Toss").field("base", &self.base.as_str()).finish_non_exhaustive()
    }
}

impl Toss {
    /// A client of the PG at `url` that gives up on a call after `timeout`, however often it sends within it.
    ///
    /// # Errors
    /// When `url` is no address or the HTTP client does not start.
    pub fn new(url: &str, secret_key: impl Into<String>, timeout: Duration) -> Result<Self, TossConfigError> {
        let base = Url::parse(url).map_err(|_| TossConfigError::Address)?;
        if !matches!(base.scheme(), "http" | "https") {
            return Err(TossConfigError::Address);
        }
        let client = reqwest::Client::builder()
            .timeout(timeout)
            .connect_timeout(CONNECT_TIMEOUT.min(timeout))
            .redirect(Policy::none())
            .build()?;
        Ok(Self { client, base, secret_key: secret_key.into(), timeout })
    }

    /// The address of `segments` below the base. Segments are escaped: keys come from callers.
    fn address(&self, segments: &[&str]) -> Url {
        let mut url = self.base.clone();
        // Only addresses like `mailto:` have no path to extend; `new` has let in http and https alone.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(["v1", "payments"]).extend(segments);
        }
        url
    }

    fn signed(&self, request: RequestBuilder) -> RequestBuilder {
        request.basic_auth(&self.secret_key, Some(""))
    }

    /// Sends until there is an answer other than a failure of the PG's own, all within one time-out: workers plan their
    /// time in calls. What has timed out is not repeated here, the queue repeats it later.
    async fn ask(&self, request: impl Fn() -> RequestBuilder) -> Result<Response, GatewayError> {
        let begun = Instant::now();
        let mut attempt = 1;
        loop {
            let left = self.timeout.saturating_sub(begun.elapsed());
            let result = self.signed(request()).timeout(left).send().await;
            let repeat = match &result {
                Ok(response) => {
                    response.status().is_server_error() || response.status() == StatusCode::TOO_MANY_REQUESTS
                }
                Err(error) => !error.is_timeout(),
            };
            let wait = kit::retry::backoff(attempt, RETRY_BASE, RETRY_CEILING);
            if !repeat || attempt == TRIES || begun.elapsed() + wait >= self.timeout {
                return result.map_err(GatewayError::unreachable);
            }
            tokio::time::sleep(wait).await;
            attempt += 1;
        }
    }
}

impl PaymentGateway for Toss {
    async fn confirm(&self, charge: Charge<'_>) -> Result<Outcome, GatewayError> {
        let order_id = charge.order_id.to_string();
        let body = json!({
            "paymentKey": charge.payment_key, "orderId": order_id, "amount": charge.amount,
        });
        let request = self.client.post(self.address(&["confirm"])).header("Idempotency-Key", &order_id).json(&body);
        let response = match self.signed(request).send().await {
            Ok(response) => response,
            Err(error) => return Ok(Outcome::Unknown(doubt(&order_id, &error))),
        };
        let status = response.status();
        if !status.is_success() {
            return refused(&order_id, status, response).await;
        }
        // From here on the PG has accepted the charge: whatever cannot be read must be asked for.
        let payment = match response.json::<TossPayment>().await {
            Ok(payment) => payment,
            Err(error) => return Ok(Outcome::Unknown(doubt(&order_id, &error))),
        };
        let order = match payment.into_order(&order_id) {
            Ok(order) => order,
            Err(reason) => {
                tracing::error!(order_id, reason, "the PG's approval is unintelligible");
                return Ok(Outcome::Unknown(Doubt::Unavailable));
            }
        };
        Ok(match order.status {
            OrderStatus::Approved => Outcome::Approved(order),
            OrderStatus::InProgress => Outcome::InProgress,
            OrderStatus::Declined(code) => Outcome::Declined(code),
            // An answer replayed under the idempotency key; the order's present state counts.
            OrderStatus::PartlyCancelled | OrderStatus::Cancelled => Outcome::Unknown(Doubt::AlreadyProcessed),
        })
    }

    async fn order(&self, order_id: PaymentId) -> Result<Option<PgOrder>, GatewayError> {
        let order_id = order_id.to_string();
        let url = self.address(&["orders", &order_id]);
        let response = self.ask(|| self.client.get(url.clone())).await?;
        let status = response.status();
        if !status.is_success() {
            let error = TossError::read(response).await;
            return if status == StatusCode::NOT_FOUND && error.code == "NOT_FOUND_PAYMENT" {
                Ok(None)
            } else {
                Err(error.into_gateway_error(status))
            };
        }
        let payment = response.json::<TossPayment>().await.map_err(GatewayError::unreachable)?;
        payment.into_order(&order_id).map(Some).map_err(GatewayError::Unintelligible)
    }

    async fn cancel(&self, order_id: PaymentId, payment_key: &str, reason: CancelReason) -> Result<(), GatewayError> {
        let url = self.address(&[payment_key, "cancel"]);
        let key = format!("{}-{order_id}", reason.as_str());
        let body = json!({ "cancelReason": reason.as_str() });
        let request = || {
            let request = self.client.post(url.clone());
            request.header("Idempotency-Key", &key).json(&body)
        };
        let response = self.ask(request).await?;
        let status = response.status();
        if status.is_success() {
            return Ok(());
        }
        let error = TossError::read(response).await;
        if error.code == "ALREADY_CANCELED_PAYMENT" {
            return Ok(());
        }
        Err(error.into_gateway_error(status))
    }
}

async fn refused(order_id: &str, status: StatusCode, response: Response) -> Result<Outcome, GatewayError> {
    let error = TossError::read(response).await;
    let code = error.code.as_str();
    tracing::warn!(order_id, status = status.as_u16(), pg_code = code, "the PG refused a charge");
    match answer::classify(status.as_u16(), code) {
        Refusal::Declined(code) => Ok(Outcome::Declined(code)),
        Refusal::Running => Ok(Outcome::InProgress),
        Refusal::AlreadyProcessed => Ok(Outcome::Unknown(Doubt::AlreadyProcessed)),
        Refusal::Unavailable => Ok(Outcome::Unknown(Doubt::Unavailable)),
        Refusal::Misunderstood => Err(error.into_gateway_error(status)),
    }
}

fn doubt(order_id: &str, error: &reqwest::Error) -> Doubt {
    let doubt = if error.is_timeout() { Doubt::Timeout } else { Doubt::Unavailable };
    let reason = kit::worker::chain(error);
    tracing::warn!(order_id, ?doubt, reason, "a charge has no answer");
    doubt
}
