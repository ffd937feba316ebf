//! Bringing a payment further: the one place that writes transitions, and the one that acts on the PG's word.

use std::time::Duration;

use contracts::ids::{PaymentId, ReservationId};
use contracts::payments::PaymentState;
use jiff::Timestamp;
use kit::dynamo::StoreError;

use crate::domain::ledger::{LedgerError, post};
use crate::domain::payment::{Step, advance};
use crate::domain::verdict::{PgOrder, Verdict, judge};
use crate::gateway::{CancelReason, GatewayError, PaymentGateway};
use crate::store::{Commit, Store};

/// How often a transition is tried while others move the same account. Each round one of them gets through, so this
/// many may collide at once; whoever is still behind then is delivered again.
const TRIES: u32 = 64;
const RETRY_BASE: Duration = Duration::from_millis(5);
const RETRY_CEILING: Duration = Duration::from_millis(200);

/// Why a payment could not be brought further now. Trying again is always safe.
#[derive(Debug, thiserror::Error)]
pub enum SettleError {
    /// The table did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The PG did not answer.
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    /// Points cannot be added to the account.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The PG has accepted the order and not decided on it.
    #[error("the PG has not decided on {0}")]
    InProgress(PaymentId),
    /// There is no such payment.
    #[error("there is no payment {0}")]
    UnknownPayment(PaymentId),
    /// A refund is asked for and nothing was ever paid: booking waits for an answer that cannot come.
    #[error("nothing was paid for {0}")]
    NeverPaid(ReservationId),
    /// The message and the payment contradict each other.
    #[error("{id} does not fit: {reason}")]
    Inconsistent {
        /// Which payment.
        id: PaymentId,
        /// In which way.
        reason: &'static str,
    },
}

/// What became of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Advance {
    /// The payment took it.
    Done(PaymentState),
    /// The payment, as it is, does not take it.
    NotPossible(PaymentState),
    /// The account has too few points for it; nothing changed.
    InsufficientPoints(PaymentState),
}

impl Store {
    /// Lets a payment take one step, together with the points that move with it. `payment` is as it was last read;
    /// when it or the account turns out to have changed, both are read again.
    ///
    /// # Errors
    /// When the table does not answer, or others keep changing the account.
    pub async fn advance(&self, mut payment: PaymentState, step: Step, now: Timestamp) -> Result<Advance, SettleError> {
        for attempt in 1..=TRIES {
            let Ok(transition) = advance(&payment, step) else {
                return Ok(Advance::NotPossible(payment));
            };
            let account = match transition.points {
                None => None,
                Some(movement) => {
                    let user = payment.user_id;
                    let account = self.account(user).await?;
                    match post(account.as_ref(), user, movement, payment.id, now) {
                        Ok(account) => Some(account),
                        Err(LedgerError::Insufficient) => {
                            return Ok(Advance::InsufficientPoints(payment));
                        }
                        Err(error @ LedgerError::TooMany) => return Err(error.into()),
                    }
                }
            };
            match self.commit(&transition, account.as_ref(), now).await? {
                Commit::Done => return Ok(Advance::Done(transition.payment)),
                Commit::Stale => {}
            }
            tokio::time::sleep(kit::retry::backoff(attempt, RETRY_BASE, RETRY_CEILING)).await;
            let id = payment.id;
            payment = self.payment(id).await?.ok_or(SettleError::UnknownPayment(id))?;
        }
        Err(StoreError::Contended.into())
    }
}

/// Whether a payment has come to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// It has, and the PG agrees.
    Final,
    /// Somebody has yet to decide.
    Waiting,
}

/// Acts on what the PG says of an order: the same for the worker that asked and for a webhook that told.
#[derive(Debug, Clone)]
pub struct Settlement<G> {
    pub(crate) store: Store,
    pub(crate) gateway: G,
}

impl<G: PaymentGateway> Settlement<G> {
    /// Between this table and this PG.
    pub const fn new(store: Store, gateway: G) -> Self {
        Self { store, gateway }
    }

    /// Brings `payment` to where `order`, the PG's present word on it, puts it. Whatever the PG keeps of a failed
    /// payment is given back first, so that a failed payment is one of which nothing is kept.
    ///
    /// # Errors
    /// When table or PG do not answer.
    pub async fn settle(
        &self,
        mut payment: PaymentState,
        order: &PgOrder,
        now: Timestamp,
    ) -> Result<Settled, SettleError> {
        // Every round finds the payment further along than the one before, and its life has few stations.
        loop {
            let step = match judge(&payment, order) {
                Verdict::Leave => return Ok(Settled::Final),
                Verdict::Wait => return Ok(Settled::Waiting),
                Verdict::Void => {
                    self.void(&payment, order).await?;
                    return Ok(Settled::Final);
                }
                Verdict::VoidAndFail(code) => {
                    self.void(&payment, order).await?;
                    Step::Fail(code)
                }
                Verdict::Fail(code) => Step::Fail(code),
                Verdict::Succeed => Step::Succeed,
            };
            payment = match self.store.advance(payment, step, now).await? {
                Advance::Done(_) => return Ok(Settled::Final),
                Advance::NotPossible(current) => current,
                Advance::InsufficientPoints(current) => {
                    return Err(SettleError::Inconsistent {
                        id: current.id,
                        reason: "its card is charged before its points are taken",
                    });
                }
            };
        }
    }

    async fn void(&self, payment: &PaymentState, order: &PgOrder) -> Result<(), GatewayError> {
        tracing::warn!(payment_id = %payment.id, amount = order.amount, "voiding an approval that must not stand");
        self.gateway.cancel(payment.id, &order.payment_key, CancelReason::Void).await
    }
}
