//! The rules of the virtual PG: what is approved, refused and given back. No clock, no network.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::behaviour::Behaviour;
use super::error::TossError;
use super::payment::{Cancel, Failure, Payment, Status};

/// What became of a request to approve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmation {
    /// The answer to give.
    Answer(Box<Payment>),
    /// Accepted; answer so, and approve it after the configured delay.
    ApproveLater(Box<Payment>),
    /// Whatever happened, the caller never hears of it.
    Silence,
}

/// How often a merchant asked for one order, and how often that ended in an approval.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderCounts {
    /// Requests to approve that reached the rules (a repeat answered from its `Idempotency-Key` does not).
    pub confirm_requests: u64,
    /// Approvals; more than one would be money taken twice.
    pub approvals: u64,
}

/// What a payment key was handed out for by the PG's own page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Purpose {
    order_id: String,
    amount: u64,
}

/// An answer kept for repeats of the same request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordedAnswer {
    /// HTTP status.
    pub status: u16,
    /// JSON body.
    pub body: serde_json::Value,
}

/// Everything the virtual PG remembers.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ledger {
    payments: BTreeMap<String, Payment>,
    orders: BTreeMap<String, OrderCounts>,
    /// By `<method> <path> <Idempotency-Key>`; like Toss, not by body.
    answers: BTreeMap<String, RecordedAnswer>,
    /// Payment keys whose webhook has not been accepted yet.
    unsent_webhooks: Vec<String>,
    transactions: u64,
    /// By payment key. A key that the page did not hand out is good for any order.
    #[serde(default)]
    purposes: BTreeMap<String, Purpose>,
}

impl Ledger {
    /// Notes that a buyer was given `payment_key` for this order and this amount, and nothing else.
    pub fn hand_out(&mut self, payment_key: &str, order_id: &str, amount: u64) {
        let purpose = Purpose { order_id: order_id.to_owned(), amount };
        self.purposes.insert(payment_key.to_owned(), purpose);
    }

    /// Asks for approval of `amount` won for `order_id`, as `payment_key` orders.
    ///
    /// # Errors
    /// The refusals of Toss's confirm call; [`TossError::AlreadyProcessedPayment`] for an order or
    /// payment key that is approved, given back or being approved, whatever the amount now is;
    /// [`TossError::ForbiddenRequest`] for a key that was handed out for another order or amount.
    pub fn confirm(
        &mut self,
        payment_key: &str,
        order_id: &str,
        amount: u64,
        now: Timestamp,
    ) -> Result<Confirmation, TossError> {
        if order_id.is_empty() || amount == 0 {
            return Err(TossError::InvalidRequest);
        }
        let behaviour = Behaviour::of(payment_key).ok_or(TossError::NotFoundPaymentSession)?;
        let counts = self.orders.entry(order_id.to_owned()).or_default();
        counts.confirm_requests += 1;
        if self
            .purposes
            .get(payment_key)
            .is_some_and(|purpose| purpose.order_id != order_id || purpose.amount != amount)
        {
            return Err(TossError::ForbiddenRequest);
        }

        let opened = || Payment {
            payment_key: payment_key.to_owned(),
            order_id: order_id.to_owned(),
            status: Status::InProgress,
            total_amount: amount,
            requested_at: now,
            approved_at: None,
            last_transaction_key: None,
            cancels: Vec::new(),
            failure: None,
        };
        match behaviour {
            Behaviour::Error => Err(TossError::FailedInternalSystemProcessing),
            Behaviour::Ignore => Ok(Confirmation::Silence),
            Behaviour::Approve => {
                self.refuse_if_taken(payment_key, order_id)?;
                let approved = self.capture(opened(), now);
                Ok(Confirmation::Answer(Box::new(approved)))
            }
            Behaviour::ApproveSilently => {
                // A merchant who repeats a silent approval hears as little as the first time.
                if !self.is_approved_as(payment_key, order_id, amount) {
                    self.refuse_if_taken(payment_key, order_id)?;
                    self.capture(opened(), now);
                }
                Ok(Confirmation::Silence)
            }
            Behaviour::ApproveLate => {
                self.refuse_if_taken(payment_key, order_id)?;
                let payment = opened();
                self.keep(payment.clone());
                Ok(Confirmation::ApproveLater(Box::new(payment)))
            }
            Behaviour::Decline => {
                self.refuse_if_taken(payment_key, order_id)?;
                let refusal = TossError::RejectCardCompany;
                self.keep(Payment {
                    status: Status::Aborted,
                    failure: Some(Failure { code: refusal.code().to_owned(), message: refusal.to_string() }),
                    ..opened()
                });
                Err(refusal)
            }
        }
    }

    /// Approves a payment that is in progress; `None` if there is none.
    pub fn approve(&mut self, payment_key: &str, now: Timestamp) -> Option<Payment> {
        let payment = self.payments.get(payment_key).filter(|payment| payment.status == Status::InProgress)?.clone();
        Some(self.capture(payment, now))
    }

    /// Gives back `amount` won, or all that is left.
    ///
    /// # Errors
    /// The refusals of Toss's cancel call.
    pub fn cancel(
        &mut self,
        payment_key: &str,
        reason: &str,
        amount: Option<u64>,
        now: Timestamp,
    ) -> Result<Payment, TossError> {
        let transaction_key = self.next_transaction_key();
        let payment = self.payments.get_mut(payment_key).ok_or(TossError::NotFoundPayment)?;
        if reason.trim().is_empty() || amount == Some(0) {
            return Err(TossError::InvalidRequest);
        }
        match payment.status {
            Status::Done | Status::PartialCanceled => {}
            Status::Canceled => return Err(TossError::AlreadyCanceledPayment),
            Status::InProgress | Status::Aborted => return Err(TossError::NotCancelablePayment),
        }
        let balance = payment.total_amount - payment.cancelled();
        let amount = amount.unwrap_or(balance);
        let rest = balance.checked_sub(amount).ok_or(TossError::NotCancelableAmount)?;
        payment.status = if rest == 0 { Status::Canceled } else { Status::PartialCanceled };
        payment.last_transaction_key = Some(transaction_key.clone());
        payment.cancels.push(Cancel {
            transaction_key,
            cancel_reason: reason.to_owned(),
            cancel_amount: amount,
            refundable_amount: rest,
            canceled_at: now,
        });
        Ok(payment.clone())
    }

    /// The payment of that key.
    ///
    /// # Errors
    /// [`TossError::NotFoundPayment`].
    pub fn payment(&self, payment_key: &str) -> Result<&Payment, TossError> {
        self.payments.get(payment_key).ok_or(TossError::NotFoundPayment)
    }

    /// The payment of that order: the one that was not declined, else the last one declined.
    ///
    /// # Errors
    /// [`TossError::NotFoundPayment`] also when the PG failed or never heard of the order.
    pub fn payment_of_order(&self, order_id: &str) -> Result<&Payment, TossError> {
        self.payments
            .values()
            .filter(|payment| payment.order_id == order_id)
            .max_by_key(|payment| (payment.status != Status::Aborted, payment.requested_at))
            .ok_or(TossError::NotFoundPayment)
    }

    /// Every payment, by payment key.
    pub fn payments(&self) -> impl Iterator<Item = &Payment> {
        self.payments.values()
    }

    /// Every order that was ever asked for, with its counts.
    #[must_use]
    pub fn orders(&self) -> &BTreeMap<String, OrderCounts> {
        &self.orders
    }

    /// The answer an earlier request of the same kind and `Idempotency-Key` got.
    #[must_use]
    pub fn recorded(&self, request: &str) -> Option<&RecordedAnswer> {
        self.answers.get(request)
    }

    /// Keeps an answer for repeats.
    pub fn record(&mut self, request: String, answer: RecordedAnswer) {
        self.answers.insert(request, answer);
    }

    /// Notes that the merchant must be told of this payment.
    pub fn owe_webhook(&mut self, payment_key: &str) {
        self.unsent_webhooks.push(payment_key.to_owned());
    }

    /// Notes that the merchant was told, or that telling was given up.
    pub fn settle_webhook(&mut self, payment_key: &str) {
        self.unsent_webhooks.retain(|owed| owed != payment_key);
    }

    /// Payments approved whose webhook is still owed, for resuming after a restart.
    #[must_use]
    pub fn unsent_webhooks(&self) -> Vec<String> {
        self.unsent_webhooks.clone()
    }

    fn refuse_if_taken(&self, payment_key: &str, order_id: &str) -> Result<(), TossError> {
        let is_taken = self.payments.values().any(|payment| {
            payment.status != Status::Aborted && (payment.order_id == order_id || payment.payment_key == payment_key)
        });
        if is_taken {
            return Err(TossError::AlreadyProcessedPayment);
        }
        Ok(())
    }

    fn is_approved_as(&self, payment_key: &str, order_id: &str, amount: u64) -> bool {
        self.payments
            .get(payment_key)
            .is_some_and(|payment| payment.order_id == order_id && payment.total_amount == amount)
    }

    fn capture(&mut self, payment: Payment, now: Timestamp) -> Payment {
        let approved = Payment {
            status: Status::Done,
            approved_at: Some(now),
            last_transaction_key: Some(self.next_transaction_key()),
            ..payment
        };
        let counts = self.orders.entry(approved.order_id.clone()).or_default();
        counts.approvals += 1;
        self.keep(approved.clone());
        approved
    }

    fn keep(&mut self, payment: Payment) {
        self.payments.insert(payment.payment_key.clone(), payment);
    }

    fn next_transaction_key(&mut self) -> String {
        self.transactions += 1;
        format!("VPG{:029}", self.transactions)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn an_order_is_approved_once() {
        let mut ledger = Ledger::default();
        assert!(matches!(
            ledger.confirm("ok_1", "pay_1", 1_000, NOW),
            Ok(Confirmation::Answer(payment)) if payment.status == Status::Done
        ));
        for (key, amount) in [("ok_1", 1_000), ("ok_1", 2_000), ("ok_2", 1_000), ("timeout_ok_2", 1_000)] {
            assert_eq!(ledger.confirm(key, "pay_1", amount, NOW), Err(TossError::AlreadyProcessedPayment));
        }
        assert_eq!(ledger.confirm("ok_1", "pay_2", 1_000, NOW), Err(TossError::AlreadyProcessedPayment));
        assert_eq!(ledger.orders()["pay_1"], OrderCounts { confirm_requests: 5, approvals: 1 });
    }

    #[test]
    fn a_declined_order_may_be_tried_again() {
        let mut ledger = Ledger::default();
        assert_eq!(ledger.confirm("decline_1", "pay_1", 1_000, NOW), Err(TossError::RejectCardCompany));
        assert_eq!(ledger.payment_of_order("pay_1").unwrap().status, Status::Aborted);
        ledger.confirm("ok_1", "pay_1", 1_000, NOW).unwrap();
        assert_eq!(ledger.payment_of_order("pay_1").unwrap().status, Status::Done);
    }

    #[test]
    fn silence_hides_an_approval_or_nothing_at_all() {
        let mut ledger = Ledger::default();
        for _ in 0..2 {
            let silent = ledger.confirm("timeout_ok_1", "pay_1", 1_000, NOW);
            assert_eq!(silent, Ok(Confirmation::Silence));
            let ignored = ledger.confirm("timeout_no_1", "pay_2", 1_000, NOW);
            assert_eq!(ignored, Ok(Confirmation::Silence));
        }
        assert_eq!(ledger.payment_of_order("pay_1").unwrap().captured(), 1_000);
        assert_eq!(ledger.orders()["pay_1"].approvals, 1);
        assert_eq!(ledger.payment_of_order("pay_2"), Err(TossError::NotFoundPayment));
    }

    #[test]
    fn no_more_is_given_back_than_was_paid() {
        let mut ledger = Ledger::default();
        ledger.confirm("ok_1", "pay_1", 1_000, NOW).unwrap();
        let partly = ledger.cancel("ok_1", "changed plans", Some(400), NOW).unwrap();
        assert_eq!(partly.status, Status::PartialCanceled);
        assert_eq!(partly.cancels[0].refundable_amount, 600);
        assert_eq!(ledger.cancel("ok_1", "greed", Some(601), NOW), Err(TossError::NotCancelableAmount));
        let wholly = ledger.cancel("ok_1", "changed plans", None, NOW).unwrap();
        assert_eq!((wholly.status, wholly.cancelled()), (Status::Canceled, 1_000));
        assert_eq!(ledger.cancel("ok_1", "again", None, NOW), Err(TossError::AlreadyCanceledPayment));
    }

    #[test]
    fn only_approved_money_is_given_back() {
        let mut ledger = Ledger::default();
        ledger.confirm("late_1", "pay_1", 1_000, NOW).unwrap();
        assert_eq!(ledger.cancel("late_1", "early", None, NOW), Err(TossError::NotCancelablePayment));
        assert_eq!(ledger.cancel("ok_9", "?", None, NOW), Err(TossError::NotFoundPayment));
        assert!(ledger.approve("late_1", NOW).is_some());
        assert!(ledger.approve("late_1", NOW).is_none());
        assert!(ledger.cancel("late_1", "now", None, NOW).is_ok());
    }
}
