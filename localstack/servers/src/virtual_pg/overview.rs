//! Everything at a glance, for tests and for people.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Ledger;

/// One order and what became of it. Amounts are whole won.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderOverview {
    /// The merchant's name for it.
    pub order_id: String,
    /// Requests to approve it.
    pub confirm_requests: u64,
    /// Times it was approved; never more than one.
    pub approvals: u64,
    /// Captured, before cancellations.
    pub captured: u64,
    /// Given back.
    pub cancelled: u64,
}

/// Sums over all orders. Amounts are whole won.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Approvals.
    pub approvals: u64,
    /// Captured, before cancellations.
    pub captured: u64,
    /// Given back.
    pub cancelled: u64,
}

/// The body of `GET /_virtual-pg/payments`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Overview {
    /// Sums over all orders.
    pub totals: Totals,
    /// Every order that was asked for, by id.
    pub orders: Vec<OrderOverview>,
    /// Every payment as Toss shows it.
    pub payments: Vec<Value>,
    /// Payment keys whose webhook was not accepted yet.
    pub unsent_webhooks: Vec<String>,
}

impl Overview {
    /// Summarises a ledger.
    #[must_use]
    pub fn of(ledger: &Ledger) -> Self {
        let orders: Vec<OrderOverview> = ledger
            .orders()
            .iter()
            .map(|(order_id, counts)| {
                let payments = || ledger.payments().filter(|payment| payment.order_id == *order_id);
                OrderOverview {
                    order_id: order_id.clone(),
                    confirm_requests: counts.confirm_requests,
                    approvals: counts.approvals,
                    captured: payments().map(super::Payment::captured).sum(),
                    cancelled: payments().map(super::Payment::cancelled).sum(),
                }
            })
            .collect();
        let totals = orders.iter().fold(Totals::default(), |sum, order| Totals {
            approvals: sum.approvals + order.approvals,
            captured: sum.captured + order.captured,
            cancelled: sum.cancelled + order.cancelled,
        });
        Self {
            totals,
            orders,
            payments: ledger.payments().map(super::Payment::to_toss).collect(),
            unsent_webhooks: ledger.unsent_webhooks(),
        }
    }

    /// The order of that id, if it was ever asked for.
    #[must_use]
    pub fn order(&self, order_id: &str) -> Option<&OrderOverview> {
        self.orders.iter().find(|order| order.order_id == order_id)
    }
}
