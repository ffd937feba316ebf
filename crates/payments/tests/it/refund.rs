//! The worker that refunds.

use contracts::booking::{PaymentOutcome, ReservationState, ReservationStatus};
use contracts::ids::{PerformanceId, ReservationId};
use contracts::payments::PaymentStatus::{Failed, Refunded};
use contracts::payments::{PaymentPurpose, PaymentState};
use jiff::Timestamp;
use payments::settle::SettleError;

use crate::common::World;

/// The reservation that `payment` pays for, cancelled by its buyer.
pub fn cancelling(payment: &PaymentState) -> ReservationState {
    let PaymentPurpose::Reservation { reservation_id, performance_id } = payment.purpose else {
        panic!("not for a reservation");
    };
    ReservationState {
        id: reservation_id,
        version: 5,
        user_id: payment.user_id,
        performance_id,
        status: ReservationStatus::Cancelling,
        payment_status: PaymentOutcome::Success,
        lines: Vec::new(),
        currency: "KRW".into(),
        expires_at: 0,
        attempt: 1,
        payment_id: Some(payment.id),
        cancelled_by: None,
        paid: None,
        admission: None,
    }
}

#[tokio::test]
async fn both_parts_go_back_once() {
    for (points, card) in [(300, 700), (300, 0), (0, 700), (0, 0)] {
        let world = World::new().await;
        world.give_points(1_000).await;
        let payment = world.payment(points, card, "ok_1").await;
        world.charge(payment.id, 1).await;
        for _ in 0..3 {
            world.settlement().refund(&cancelling(&payment), Timestamp::now()).await.unwrap();
            let picture = world.picture(payment.id).await;
            assert_eq!((picture.status, picture.balance, picture.kept_by_pg), (Refunded, 1_000, 0));
            let entries: &[i64] = if points > 0 { &[1_000, -300, 300] } else { &[1_000] };
            assert_eq!(picture.entries, entries);
        }
        // A late delivery of the charge does not bring it back.
        world.charge(payment.id, 3).await;
        assert_eq!(world.picture(payment.id).await.status, Refunded);
    }
}

#[tokio::test]
async fn only_what_was_paid_for_this_reservation_is_refunded() {
    let world = World::new().await;
    let settlement = world.settlement();
    let now = Timestamp::now();

    let unsettled = world.payment(0, 700, "ok_1").await;
    let early = settlement.refund(&cancelling(&unsettled), now).await;
    assert!(matches!(early, Err(SettleError::Inconsistent { .. })));

    let failed = world.payment(0, 700, "decline_1").await;
    world.charge(failed.id, 1).await;
    settlement.refund(&cancelling(&failed), now).await.unwrap();
    assert_eq!(world.picture(failed.id).await.status, Failed);

    world.charge(unsettled.id, 1).await;
    let other = ReservationState {
        id: ReservationId::generate(),
        performance_id: PerformanceId::generate(),
        ..cancelling(&unsettled)
    };
    let foreign = settlement.refund(&other, now).await;
    assert!(matches!(foreign, Err(SettleError::Inconsistent { .. })));
    let unpaid = ReservationState { payment_id: None, ..cancelling(&unsettled) };
    let never = settlement.refund(&unpaid, now).await;
    assert!(matches!(never, Err(SettleError::NeverPaid(_))));
    assert_eq!(world.picture(unsettled.id).await.kept_by_pg, 700);
}

#[tokio::test]
async fn without_a_pg_nothing_is_refunded_yet() {
    let world = World::new().await;
    world.give_points(1_000).await;
    let payment = world.payment(300, 700, "ok_1").await;
    world.charge(payment.id, 1).await;
    let reservation = cancelling(&payment);
    let result = world.without_pg().refund(&reservation, Timestamp::now()).await;
    assert!(matches!(result, Err(SettleError::Gateway(_))));
    assert_eq!(world.picture(payment.id).await.balance, 700);
    world.settlement().refund(&reservation, Timestamp::now()).await.unwrap();
    assert_eq!(world.picture(payment.id).await.balance, 1_000);
}
