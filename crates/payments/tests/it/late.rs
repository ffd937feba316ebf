//! Messages that come when the seats may be gone.

use contracts::payments::PaymentState;
use contracts::payments::PaymentStatus::{Failed, PointsDebited, Requested, Success};
use jiff::{SignedDuration, Timestamp};
use payments::domain::payment::Step;
use payments::gateway::{Charge, PaymentGateway as _};
use payments::settle::SettleError;

use crate::common::World;

/// The first moment at which nothing is charged any more.
fn late(payment: &PaymentState) -> Timestamp {
    payment.id.created_at() + SignedDuration::from_millis(480_001)
}

fn last_moment(payment: &PaymentState) -> Timestamp {
    payment.id.created_at() + SignedDuration::from_secs(480)
}

/// A payment of two parts whose points an earlier delivery has taken.
async fn debited(world: &World, key: &str) -> PaymentState {
    world.give_points(1_000).await;
    let payment = world.payment(300, 700, key).await;
    world.store().advance(payment.clone(), Step::DebitPoints, Timestamp::now()).await.unwrap();
    payment
}

#[tokio::test]
async fn neither_points_nor_card_are_touched() {
    for (points, card) in [(300, 0), (0, 700), (300, 700), (0, 0)] {
        let world = World::new().await;
        world.give_points(1_000).await;
        let payment = world.payment(points, card, "ok_1").await;
        // Delivered once more, it is a payment that has failed.
        for attempt in [1, 7] {
            world.settlement().charge(payment.id, attempt, late(&payment)).await.unwrap();
            let picture = world.picture(payment.id).await;
            assert_eq!((picture.status, picture.failure.as_deref()), (Failed, Some("payment_expired")));
            assert_eq!((picture.entries, picture.approvals), (vec![1_000], 0), "{points} {card}");
        }
        assert!(world.pg.overview().orders.is_empty(), "asked for, never charged");
    }
}

#[tokio::test]
async fn points_that_were_taken_come_back() {
    let world = World::new().await;
    let payment = debited(&world, "ok_1").await;
    for attempt in [2, 3] {
        world.settlement().charge(payment.id, attempt, late(&payment)).await.unwrap();
        let picture = world.picture(payment.id).await;
        assert_eq!((picture.status, picture.failure.as_deref()), (Failed, Some("payment_expired")));
        assert_eq!((picture.entries, picture.approvals), (vec![1_000, -300, 300], 0));
    }
}

#[tokio::test]
async fn what_the_pg_has_approved_counts() {
    let world = World::new().await;
    let payment = debited(&world, "ok_1").await;
    let charge = Charge { order_id: payment.id, payment_key: "ok_1", amount: 700 };
    world.toss().confirm(charge).await.unwrap();
    world.settlement().charge(payment.id, 2, late(&payment)).await.unwrap();
    let picture = world.picture(payment.id).await;
    assert_eq!((picture.status, picture.balance), (Success, 700));
    assert_eq!((picture.kept_by_pg, picture.approvals), (700, 1));
}

#[tokio::test]
async fn what_the_pg_has_declined_counts() {
    let world = World::new().await;
    let payment = debited(&world, "decline_1").await;
    let charge = Charge { order_id: payment.id, payment_key: "decline_1", amount: 700 };
    world.toss().confirm(charge).await.unwrap();
    world.settlement().charge(payment.id, 2, late(&payment)).await.unwrap();
    let picture = world.picture(payment.id).await;
    assert_eq!((picture.status, picture.failure.as_deref()), (Failed, Some("card_declined")));
    assert_eq!(picture.balance, 1_000);
}

#[tokio::test]
async fn what_the_pg_has_not_decided_is_waited_for() {
    let world = World::new().await;
    let payment = debited(&world, "late_1").await;
    let settlement = world.settlement();
    let charge = Charge { order_id: payment.id, payment_key: "late_1", amount: 700 };
    world.toss().confirm(charge).await.unwrap();
    let open = settlement.charge(payment.id, 2, late(&payment)).await;
    assert!(matches!(open, Err(SettleError::InProgress(id)) if id == payment.id));
    assert_eq!(world.picture(payment.id).await.status, PointsDebited);
    world.until_approved(payment.id).await;
    settlement.charge(payment.id, 3, late(&payment)).await.unwrap();
    let picture = world.picture(payment.id).await;
    assert_eq!((picture.status, picture.balance, picture.approvals), (Success, 700, 1));
}

#[tokio::test]
async fn without_a_pg_to_ask_a_card_is_not_given_up() {
    let world = World::new().await;
    let payment = world.payment(0, 700, "ok_1").await;
    let unasked = world.without_pg().charge(payment.id, 6, late(&payment)).await;
    assert!(matches!(unasked, Err(SettleError::Gateway(_))));
    assert_eq!(world.picture(payment.id).await.status, Requested);
}

#[tokio::test]
async fn the_last_moment_is_not_too_late_and_points_are_always_for_sale() {
    let world = World::new().await;
    let payment = world.payment(0, 700, "ok_1").await;
    world.settlement().charge(payment.id, 1, last_moment(&payment)).await.unwrap();
    assert_eq!(world.picture(payment.id).await.status, Success);

    let world = World::new().await;
    let purchase = world.purchase(5_000, "ok_1").await;
    world.settlement().charge(purchase.id, 7, late(&purchase)).await.unwrap();
    let picture = world.picture(purchase.id).await;
    assert_eq!((picture.status, picture.balance), (Success, 5_000));
}
