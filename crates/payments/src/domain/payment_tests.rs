//! Properties of a payment's life, over any sequence of steps.

use super::*;
use contracts::ids::{PerformanceId, ReservationId};
use proptest::prelude::*;

fn payments() -> impl Strategy<Value = PaymentState> {
    let reservation = (0..1_000_i64, 0..1_000_i64).prop_map(|(points, card)| {
        let method = match (points, card) {
            (0, 1..) => PaymentMethod::Card,
            (_, 0) => PaymentMethod::Point,
            _ => PaymentMethod::Mixed,
        };
        let purpose = PaymentPurpose::Reservation {
            reservation_id: ReservationId::generate(),
            performance_id: PerformanceId::generate(),
        };
        (purpose, method, Split { points, card })
    });
    let charge =
        (1..1_000_i64).prop_map(|card| (PaymentPurpose::Points, PaymentMethod::Card, Split { points: 0, card }));
    prop_oneof![reservation, charge].prop_map(|(purpose, method, split)| {
        requested(
            PaymentId::generate(),
            Order {
                user_id: UserId::generate(),
                purpose,
                method,
                split,
                currency: "KRW".into(),
                payment_key: (split.card > 0).then(|| "ok_1".to_owned()),
            },
        )
    })
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        Just(Step::DebitPoints),
        Just(Step::Succeed),
        proptest::sample::select(&FailureCode::ALL[..]).prop_map(Step::Fail),
        Just(Step::Refund),
    ];
    proptest::collection::vec(step, 0..12)
}

proptest! {
    #[test]
    fn what_points_are_kept_follows_from_the_status(start in payments(), steps in steps()) {
        let (mut payment, mut moved) = (start, 0);
        for step in steps {
            let Ok(next) = advance(&payment, step) else { continue };
            prop_assert_eq!(next.payment.version, payment.version + 1);
            prop_assert_eq!(next.payment.amount(), payment.amount());
            prop_assert!(next.points.is_none_or(|points| points.amount != 0));
            moved += next.points.map_or(0, |points| points.amount);
            payment = next.payment;
            let expected = match (payment.purpose, payment.status) {
                (PaymentPurpose::Points, PaymentStatus::Success) => payment.card_amount,
                (PaymentPurpose::Reservation { .. }, PaymentStatus::Success | PaymentStatus::PointsDebited) => {
                    -payment.point_used
                }
                _ => 0,
            };
            prop_assert_eq!(moved, expected);
            prop_assert_eq!(payment.failure_code.is_some(), payment.status == PaymentStatus::Failed);
        }
    }

    #[test]
    fn no_step_can_be_taken_twice_and_an_end_is_an_end(start in payments(), steps in steps()) {
        let mut payment = start;
        let mut taken = Vec::new();
        for step in steps {
            if let Ok(next) = advance(&payment, step) {
                prop_assert!(!matches!(payment.status, PaymentStatus::Failed | PaymentStatus::Refunded));
                prop_assert!(!taken.contains(&step), "{:?} twice", step);
                taken.push(step);
                payment = next.payment;
            }
        }
        prop_assert!(taken.len() <= 3);
    }

    #[test]
    fn a_card_is_charged_only_once_its_points_are_taken(start in payments()) {
        prop_assert_eq!(advance(&start, Step::Succeed).is_err(), awaits_points(&start));
        prop_assert_eq!(advance(&start, Step::DebitPoints).is_ok(), awaits_points(&start));
        if let Ok(debited) = advance(&start, Step::DebitPoints) {
            prop_assert!(!awaits_points(&debited.payment));
            prop_assert!(advance(&debited.payment, Step::Succeed).is_ok());
        }
    }
}

#[test]
fn every_failure_code_is_unique() {
    let codes: std::collections::BTreeSet<_> = FailureCode::ALL.map(FailureCode::as_str).into();
    assert_eq!(codes.len(), FailureCode::ALL.len());
}

proptest! {
    #[test]
    fn seats_are_paid_for_while_they_are_kept_and_points_at_any_time(payment in payments()) {
        let requested = payment.id.created_at();
        let after = |milliseconds| requested + SignedDuration::from_millis(milliseconds);
        let of_seats = payment.purpose != PaymentPurpose::Points;
        // Eight of the nine minutes.
        for (milliseconds, too_late) in [(-1_000, false), (0, false), (480_000, false), (480_001, true)] {
            prop_assert_eq!(is_too_late(&payment, after(milliseconds)), of_seats && too_late, "{} ms", milliseconds);
        }
        prop_assert_eq!(is_too_late(&payment, Timestamp::MAX), of_seats);
    }
}
