//! What follows from the way an order stands at the PG.

use contracts::payments::{PaymentState, PaymentStatus};

use super::failure::FailureCode;
use super::payment::awaits_points;

/// How an order stands at the PG.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderStatus {
    /// Not decided yet.
    InProgress,
    /// The money is captured.
    Approved,
    /// Refused for good.
    Declined(FailureCode),
    /// Some of it was given back.
    PartlyCancelled,
    /// All of it was given back.
    Cancelled,
}

/// The PG's own words on an order of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PgOrder {
    /// Under which payment key.
    pub payment_key: String,
    /// How much was asked for, in minor units.
    pub amount: i64,
    /// ISO 4217 code of the amount.
    pub currency: String,
    /// How it stands.
    pub status: OrderStatus,
}

/// What to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The payment succeeds.
    Succeed,
    /// The payment fails; the PG keeps nothing.
    Fail(FailureCode),
    /// The PG keeps something that it should not: give that back, then the payment fails.
    VoidAndFail(FailureCode),
    /// The payment has failed already and the PG keeps something: give that back.
    Void,
    /// The PG has not decided, or our own points are not taken yet.
    Wait,
    /// Both agree, nothing is left to do.
    Leave,
}

/// Judges `order`, which the PG keeps under `payment`'s own id.
#[must_use]
pub fn judge(payment: &PaymentState, order: &PgOrder) -> Verdict {
    match payment.status {
        PaymentStatus::Requested | PaymentStatus::PointsDebited => match order.status {
            OrderStatus::InProgress => Verdict::Wait,
            OrderStatus::Approved if !is_what_was_asked(payment, order) => {
                Verdict::VoidAndFail(FailureCode::PgMismatch)
            }
            OrderStatus::Approved if awaits_points(payment) => Verdict::Wait,
            OrderStatus::Approved => Verdict::Succeed,
            OrderStatus::Declined(code) => Verdict::Fail(code),
            OrderStatus::PartlyCancelled => Verdict::VoidAndFail(FailureCode::PaymentCancelled),
            OrderStatus::Cancelled => Verdict::Fail(FailureCode::PaymentCancelled),
        },
        PaymentStatus::Failed => match order.status {
            OrderStatus::InProgress => Verdict::Wait,
            OrderStatus::Approved | OrderStatus::PartlyCancelled => Verdict::Void,
            OrderStatus::Declined(_) | OrderStatus::Cancelled => Verdict::Leave,
        },
        PaymentStatus::Success | PaymentStatus::Refunded => Verdict::Leave,
    }
}

fn is_what_was_asked(payment: &PaymentState, order: &PgOrder) -> bool {
    order.amount == payment.card_amount
        && order.currency == payment.currency
        && payment.payment_key.as_ref() == Some(&order.payment_key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::payment::{Order, Step, advance, requested};
    use crate::domain::split::Split;
    use contracts::ids::{PaymentId, UserId};
    use contracts::payments::{PaymentMethod, PaymentPurpose};
    use proptest::prelude::*;

    fn payment(status: PaymentStatus, points: i64, card: i64) -> PaymentState {
        let order = Order {
            user_id: UserId::generate(),
            purpose: PaymentPurpose::Points,
            method: PaymentMethod::Mixed,
            split: Split { points, card },
            currency: "KRW".into(),
            payment_key: Some("ok_1".into()),
        };
        PaymentState { status, ..requested(PaymentId::generate(), order) }
    }

    prop_compose! {
        fn orders()(
            amount in 1..4_i64,
            key in prop_oneof![Just("ok_1"), Just("ok_2")],
            currency in prop_oneof![Just("KRW"), Just("USD")],
            status in proptest::sample::select(vec![
                OrderStatus::InProgress,
                OrderStatus::Approved,
                OrderStatus::Declined(FailureCode::CardDeclined),
                OrderStatus::PartlyCancelled,
                OrderStatus::Cancelled,
            ]),
        ) -> PgOrder {
            PgOrder { payment_key: key.into(), amount, currency: currency.into(), status }
        }
    }

    fn open() -> impl Strategy<Value = PaymentState> {
        let status = prop_oneof![Just(PaymentStatus::Requested), Just(PaymentStatus::PointsDebited)];
        (status, 0..2_i64, 1..4_i64).prop_map(|(status, points, card)| payment(status, points, card))
    }

    proptest! {
        #[test]
        fn success_needs_an_approval_of_exactly_what_was_asked(payment in open(), order in orders()) {
            let exact = order.status == OrderStatus::Approved
                && order.amount == payment.card_amount
                && order.currency == "KRW"
                && order.payment_key == "ok_1";
            let verdict = judge(&payment, &order);
            if verdict == Verdict::Succeed {
                prop_assert!(exact);
                prop_assert!(advance(&payment, Step::Succeed).is_ok());
            } else {
                prop_assert!(!exact || awaits_points(&payment));
            }
        }

        #[test]
        fn nothing_fails_while_the_pg_keeps_money(payment in open(), order in orders()) {
            let keeps = matches!(order.status, OrderStatus::Approved | OrderStatus::PartlyCancelled);
            match judge(&payment, &order) {
                Verdict::Fail(_) => prop_assert!(!keeps),
                Verdict::VoidAndFail(_) => prop_assert!(keeps),
                _ => {}
            }
        }

        #[test]
        fn a_failed_payment_keeps_nothing_and_a_paid_one_is_left_alone(order in orders()) {
            let keeps = matches!(order.status, OrderStatus::Approved | OrderStatus::PartlyCancelled);
            let failed = judge(&payment(PaymentStatus::Failed, 0, 1), &order);
            prop_assert_eq!(failed == Verdict::Void, keeps);
            for status in [PaymentStatus::Success, PaymentStatus::Refunded] {
                prop_assert_eq!(judge(&payment(status, 0, 1), &order), Verdict::Leave);
            }
        }
    }
}
