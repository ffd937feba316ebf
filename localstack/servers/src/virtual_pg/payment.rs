//! A payment as Toss Payments keeps and shows it.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The state of a payment, by Toss's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// Accepted, approval still to come.
    InProgress,
    /// Approved: the money is captured.
    Done,
    /// Declined by the card company.
    Aborted,
    /// Wholly given back.
    Canceled,
    /// Partly given back.
    PartialCanceled,
}

/// Money given back, in full or in part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cancel {
    /// Identifies this cancellation among all transactions.
    pub transaction_key: String,
    /// Why, in the merchant's words.
    pub cancel_reason: String,
    /// Won given back by this cancellation.
    pub cancel_amount: u64,
    /// Won that could still be given back afterwards.
    pub refundable_amount: u64,
    /// When.
    pub canceled_at: Timestamp,
}

/// Why a payment was declined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Toss's code, such as `REJECT_CARD_COMPANY`.
    pub code: String,
    /// A sentence for the buyer.
    pub message: String,
}

/// One payment. Amounts are whole won.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Payment {
    /// Toss's name for the payment; here it also says how the payment behaves.
    pub payment_key: String,
    /// The merchant's name for it.
    pub order_id: String,
    /// Where it stands.
    pub status: Status,
    /// What the buyer was asked for.
    pub total_amount: u64,
    /// When the merchant asked for approval.
    pub requested_at: Timestamp,
    /// When it was approved.
    pub approved_at: Option<Timestamp>,
    /// The latest approval or cancellation.
    pub last_transaction_key: Option<String>,
    /// What was given back, oldest first.
    pub cancels: Vec<Cancel>,
    /// Why it was declined.
    pub failure: Option<Failure>,
}

impl Payment {
    /// Won captured by the approval, before any cancellation.
    #[must_use]
    pub fn captured(&self) -> u64 {
        if self.approved_at.is_some() { self.total_amount } else { 0 }
    }

    /// Won given back so far.
    #[must_use]
    pub fn cancelled(&self) -> u64 {
        self.cancels.iter().map(|cancel| cancel.cancel_amount).sum()
    }

    /// The `Payment` object of Toss's API, version 2022-11-16, for a card payment.
    #[must_use]
    pub fn to_toss(&self) -> Value {
        let balance = self.total_amount - self.cancelled();
        // Korean VAT is a tenth of the net price, so an eleventh of what is paid, rounded half up.
        let vat = (balance * 2 + 11) / 22;
        let key = &self.payment_key;
        let cancels: Vec<Value> = self.cancels.iter().map(Cancel::to_toss).collect();
        json!({
            "mId": "jari-virtual",
            "version": "2022-11-16",
            "paymentKey": key,
            "type": "NORMAL",
            "orderId": self.order_id,
            "orderName": self.order_id,
            "currency": "KRW",
            "country": "KR",
            "method": "카드",
            "status": self.status,
            "totalAmount": self.total_amount,
            "balanceAmount": balance,
            "suppliedAmount": balance - vat,
            "vat": vat,
            "taxFreeAmount": 0,
            "taxExemptionAmount": 0,
            "requestedAt": seoul_time(self.requested_at),
            "approvedAt": self.approved_at.map(seoul_time),
            "lastTransactionKey": self.last_transaction_key,
            "useEscrow": false,
            "cultureExpense": false,
            "isPartialCancelable": true,
            "card": {
                "amount": self.total_amount,
                "issuerCode": "61",
                "acquirerCode": "31",
                "number": "12341234****123*",
                "installmentPlanMonths": 0,
                "isInterestFree": false,
                "interestPayer": null,
                "approveNo": "00000000",
                "useCardPoint": false,
                "cardType": "신용",
                "ownerType": "개인",
                "acquireStatus": "READY",
            },
            "cancels": if cancels.is_empty() { Value::Null } else { Value::Array(cancels) },
            "failure": self.failure,
            "virtualAccount": null,
            "transfer": null,
            "mobilePhone": null,
            "giftCertificate": null,
            "cashReceipt": null,
            "cashReceipts": null,
            "discount": null,
            "easyPay": null,
            "secret": null,
            "metadata": null,
            "receipt": { "url": format!("https://virtual-pg.invalid/receipt/{key}") },
            "checkout": { "url": format!("https://virtual-pg.invalid/{key}/checkout") },
        })
    }
}

impl Cancel {
    fn to_toss(&self) -> Value {
        json!({
            "transactionKey": self.transaction_key,
            "cancelReason": self.cancel_reason,
            "cancelAmount": self.cancel_amount,
            "refundableAmount": self.refundable_amount,
            "canceledAt": seoul_time(self.canceled_at),
            "cancelStatus": "DONE",
            "taxFreeAmount": 0,
            "taxExemptionAmount": 0,
            "easyPayDiscountAmount": 0,
            "receiptKey": null,
            "cancelRequestId": null,
        })
    }
}

/// A time as Toss writes it in payments, `2024-02-13T12:18:14+09:00`.
#[must_use]
pub fn seoul_time(at: Timestamp) -> String {
    in_seoul(at).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// A time as Toss writes it in webhooks, `2024-02-13T12:18:14.123456`, also Seoul's.
#[must_use]
pub fn seoul_webhook_time(at: Timestamp) -> String {
    in_seoul(at).strftime("%Y-%m-%dT%H:%M:%S%.6f").to_string()
}

fn in_seoul(at: Timestamp) -> jiff::Zoned {
    at.to_zoned(TimeZone::fixed(Offset::constant(9)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_toss_writes_them() {
        let at: Timestamp = "2024-02-13T03:18:14.123456789Z".parse().unwrap();
        assert_eq!(seoul_time(at), "2024-02-13T12:18:14+09:00");
        assert_eq!(seoul_webhook_time(at), "2024-02-13T12:18:14.123456");
    }

    #[test]
    fn a_payment_has_the_fields_of_toss() {
        let payment = Payment {
            payment_key: "ok_1".into(),
            order_id: "pay_1".into(),
            status: Status::Done,
            total_amount: 15_000,
            requested_at: "2021-01-01T01:01:30Z".parse().unwrap(),
            approved_at: Some("2021-01-01T01:05:40Z".parse().unwrap()),
            last_transaction_key: Some("T1".into()),
            cancels: Vec::new(),
            failure: None,
        };
        let shown = payment.to_toss();
        assert_eq!(shown["status"], "DONE");
        assert_eq!(shown["approvedAt"], "2021-01-01T10:05:40+09:00");
        assert_eq!(shown["suppliedAmount"], 13_636);
        assert_eq!(shown["vat"], 1_364);
        assert_eq!(shown["cancels"], Value::Null);
    }
}
