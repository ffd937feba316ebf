//! What Toss Payments answers, and what it means to us.

use reqwest::{Response, StatusCode};
use serde::Deserialize;

use crate::domain::failure::FailureCode;
use crate::domain::verdict::{OrderStatus, PgOrder};
use crate::gateway::GatewayError;

/// The members of Toss's `Payment` object that matter here (API version 2022-11-16).
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TossPayment {
    payment_key: String,
    order_id: String,
    status: String,
    total_amount: i64,
    currency: String,
    #[serde(default)]
    failure: Option<TossError>,
}

/// Toss's error object.
#[derive(Debug, Default, Deserialize)]
pub(super) struct TossError {
    /// Toss's stable name of the refusal; empty when the answer is not Toss's own, such as a proxy's.
    #[serde(default)]
    pub code: String,
}

impl TossPayment {
    /// The same as the domain sees it.
    ///
    /// # Errors
    /// With what is wrong, when it is about another order or in a state that this version does not know.
    pub fn into_order(self, order_id: &str) -> Result<PgOrder, String> {
        if self.order_id != order_id {
            return Err("it is about another order".into());
        }
        let status = match self.status.as_str() {
            "READY" | "IN_PROGRESS" | "WAITING_FOR_DEPOSIT" => OrderStatus::InProgress,
            "DONE" => OrderStatus::Approved,
            "PARTIAL_CANCELED" => OrderStatus::PartlyCancelled,
            "CANCELED" => OrderStatus::Cancelled,
            "ABORTED" => {
                let code = self.failure.map(|failure| failure.code).unwrap_or_default();
                OrderStatus::Declined(decline(&code))
            }
            "EXPIRED" => OrderStatus::Declined(FailureCode::PaymentKeyInvalid),
            other => return Err(format!("unknown status {other:?}")),
        };
        Ok(PgOrder { payment_key: self.payment_key, amount: self.total_amount, currency: self.currency, status })
    }
}

impl TossError {
    /// Reads an error; one without a readable body has no code.
    pub async fn read(response: Response) -> Self {
        response.json().await.unwrap_or_default()
    }

    pub fn into_gateway_error(self, status: StatusCode) -> GatewayError {
        GatewayError::Refused { status: status.as_u16(), code: self.code }
    }
}

/// What a refused charge means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Refused for good.
    Declined(FailureCode),
    /// The same request is being worked on.
    Running,
    /// The order or the key was dealt with before.
    AlreadyProcessed,
    /// The PG or a provider behind it failed; the order must be looked at.
    Unavailable,
    /// It is us: the secret, the address, the request.
    Misunderstood,
}

/// Sorts a refusal of `POST /v1/payments/confirm`. Toss's code decides before the status: its tables give the same
/// code with different ones.
pub(super) fn classify(status: u16, code: &str) -> Refusal {
    match code {
        "IDEMPOTENT_REQUEST_PROCESSING" => Refusal::Running,
        "ALREADY_PROCESSED_PAYMENT" | "DUPLICATED_ORDER_ID" | "ALREADY_COMPLETED_PAYMENT" => Refusal::AlreadyProcessed,
        "PROVIDER_ERROR" | "CARD_PROCESSING_ERROR" => Refusal::Unavailable,
        "UNAUTHORIZED_KEY"
        | "INVALID_API_KEY"
        | "INCORRECT_BASIC_AUTH_FORMAT"
        | "INVALID_IDEMPOTENCY_KEY"
        | "NOT_SUPPORTED_METHOD" => Refusal::Misunderstood,
        _ if status >= 500 || matches!(status, 408 | 409 | 425 | 429) => Refusal::Unavailable,
        // A refusal without a code of Toss's is somebody else's, and says nothing about the card.
        "" => Refusal::Misunderstood,
        _ if matches!(status, 400 | 402 | 403 | 404 | 422) => Refusal::Declined(decline(code)),
        _ => Refusal::Misunderstood,
    }
}

fn decline(code: &str) -> FailureCode {
    match code {
        "REJECT_ACCOUNT_PAYMENT"
        | "REJECT_CARD_PAYMENT"
        | "EXCEED_MAX_DAILY_PAYMENT_COUNT"
        | "EXCEED_MAX_PAYMENT_AMOUNT"
        | "EXCEED_MAX_AMOUNT"
        | "EXCEED_MAX_ONE_DAY_AMOUNT"
        | "EXCEED_MAX_MONTHLY_PAYMENT_AMOUNT" => FailureCode::InsufficientFunds,
        // Order id, amount and key are all that we send, and the first two are well-formed: they do not belong to the key.
        "FORBIDDEN_REQUEST" | "INVALID_REQUEST" => FailureCode::PaymentMismatch,
        "NOT_FOUND_PAYMENT_SESSION" | "NOT_FOUND_PAYMENT" | "INVALID_PAYMENT_KEY" => FailureCode::PaymentKeyInvalid,
        _ => FailureCode::CardDeclined,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn only_a_code_of_the_pg_declines(status in 400..600_u16, code in "[A-Z_]{0,20}") {
            if let Refusal::Declined(failure) = classify(status, &code) {
                prop_assert!(!code.is_empty() && status < 500 && status != 409 && status != 429);
                prop_assert!(!failure.as_str().starts_with("pg_"));
            }
        }

        #[test]
        fn a_failing_pg_leaves_a_doubt(status in 500..600_u16, code in "[A-Z_]{0,20}") {
            prop_assert_eq!(classify(status, &code), Refusal::Unavailable);
        }

        #[test]
        fn another_order_is_never_ours(ours in "[a-z]{1,8}", theirs in "[a-z]{1,8}") {
            let payment = TossPayment {
                payment_key: "ok_1".into(),
                order_id: theirs.clone(),
                status: "DONE".into(),
                total_amount: 1,
                currency: "KRW".into(),
                failure: None,
            };
            prop_assert_eq!(payment.into_order(&ours).is_ok(), ours == theirs);
        }
    }

    #[test]
    fn the_code_decides_before_the_status() {
        for status in [400, 403] {
            let declined = Refusal::Declined(FailureCode::CardDeclined);
            assert_eq!(classify(status, "REJECT_CARD_COMPANY"), declined);
            assert_eq!(classify(status, "PROVIDER_ERROR"), Refusal::Unavailable);
        }
        let invalid = Refusal::Declined(FailureCode::PaymentKeyInvalid);
        assert_eq!(classify(404, "NOT_FOUND_PAYMENT_SESSION"), invalid);
        let mismatch = Refusal::Declined(FailureCode::PaymentMismatch);
        assert_eq!((classify(403, "FORBIDDEN_REQUEST"), classify(400, "INVALID_REQUEST")), (mismatch, mismatch));
        assert_eq!(classify(401, "INVALID_REQUEST"), Refusal::Misunderstood);
        assert_eq!(classify(404, ""), Refusal::Misunderstood);
        assert_eq!(classify(401, "UNAUTHORIZED_KEY"), Refusal::Misunderstood);
        assert_eq!(classify(409, "IDEMPOTENT_REQUEST_PROCESSING"), Refusal::Running);
        assert_eq!(classify(400, "ALREADY_PROCESSED_PAYMENT"), Refusal::AlreadyProcessed);
        assert_eq!(classify(429, ""), Refusal::Unavailable);
    }
}
