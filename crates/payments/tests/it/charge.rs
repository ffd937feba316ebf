//! The worker that charges, with every behaviour of the PG.

use contracts::ids::PaymentId;
use contracts::payments::PaymentStatus::{Failed, PointsDebited, Requested, Success};
use jiff::Timestamp;
use payments::domain::failure::FailureCode;
use payments::domain::payment::Step;
use payments::gateway::{Charge, Outcome, PaymentGateway as _};
use payments::settle::{Advance, SettleError};

use crate::common::World;

#[tokio::test]
async fn both_parts_are_taken_once_however_often_it_is_delivered() {
    let world = World::new().await;
    world.give_points(1_000).await;
    let payment = world.payment(300, 700, "ok_1").await;
    for attempt in 1..4 {
        world.charge(payment.id, attempt).await;
        let picture = world.picture(payment.id).await;
        assert_eq!((picture.status, picture.balance), (Success, 700));
        assert_eq!(picture.entries, [1_000, -300]);
        assert_eq!((picture.kept_by_pg, picture.approvals), (700, 1));
    }
    // The worker knew what it did: the PG was asked once and never queried for it.
    let order = world.pg.overview().order(&payment.id.to_string()).cloned().unwrap();
    assert_eq!(order.confirm_requests, 1);
}

#[tokio::test]
async fn points_alone_need_no_pg_and_a_free_ticket_needs_no_points() {
    let world = World::new().await;
    world.give_points(500).await;
    for (points, balance) in [(500, 0), (0, 0)] {
        let payment = world.payment(points, 0, "").await;
        world.without_pg().charge(payment.id, 1, Timestamp::now()).await.unwrap();
        let picture = world.picture(payment.id).await;
        assert_eq!((picture.status, picture.balance, picture.approvals), (Success, balance, 0));
    }
}

#[tokio::test]
async fn too_few_points_fail_before_the_card_is_touched() {
    let world = World::new().await;
    world.give_points(100).await;
    for card in [0, 500] {
        let payment = world.payment(101, card, "ok_1").await;
        world.charge(payment.id, 1).await;
        let picture = world.picture(payment.id).await;
        assert_eq!(picture.failure.as_deref(), Some("insufficient_points"));
        assert_eq!((picture.status, picture.balance, picture.approvals), (Failed, 100, 0));
        assert!(world.pg.overview().orders.is_empty());
    }
}

#[tokio::test]
async fn whatever_fails_the_card_gives_the_points_back() {
    for (key, code) in [
        ("decline_1", "card_declined"),
        ("nonsense", "payment_key_invalid"),
        ("error_1", "pg_unavailable"),
        ("timeout_no_1", "pg_timeout"),
    ] {
        let world = World::new().await;
        world.give_points(1_000).await;
        let payment = world.payment(300, 700, key).await;
        for attempt in 1..3 {
            world.charge(payment.id, attempt).await;
            let picture = world.picture(payment.id).await;
            assert_eq!(picture.failure.as_deref(), Some(code), "{key}");
            assert_eq!((picture.status, picture.balance, picture.kept_by_pg), (Failed, 1_000, 0));
            assert_eq!(picture.entries, [1_000, -300, 300]);
        }
        let order = world.pg.overview().order(&payment.id.to_string()).cloned();
        if code.starts_with("pg_") {
            assert_eq!(order.unwrap().confirm_requests, 3, "{key}: three tries");
        }
    }
}

#[tokio::test]
async fn an_approval_nobody_heard_of_is_found_by_asking() {
    let world = World::new().await;
    let payment = world.payment(0, 700, "timeout_ok_1").await;
    world.charge(payment.id, 1).await;
    let picture = world.picture(payment.id).await;
    assert_eq!((picture.status, picture.kept_by_pg, picture.approvals), (Success, 700, 1));
}

#[tokio::test]
async fn an_order_in_progress_is_delivered_again_until_the_pg_decides() {
    let world = World::new().await;
    world.give_points(1_000).await;
    let payment = world.payment(300, 700, "late_1").await;
    let settlement = world.settlement();
    // Even the last deliveries do not guess.
    for attempt in [1, 5, 6] {
        let result = settlement.charge(payment.id, attempt, Timestamp::now()).await;
        assert!(matches!(result, Err(SettleError::InProgress(id)) if id == payment.id));
    }
    assert_eq!(world.picture(payment.id).await.status, PointsDebited);
    world.until_approved(payment.id).await;
    settlement.charge(payment.id, 2, Timestamp::now()).await.unwrap();
    let picture = world.picture(payment.id).await;
    assert_eq!((picture.status, picture.balance, picture.approvals), (Success, 700, 1));
}

#[tokio::test]
async fn without_a_pg_to_ask_nothing_is_decided() {
    let world = World::new().await;
    let payment = world.payment(0, 700, "ok_1").await;
    for attempt in [1, 2, 6] {
        let result = world.without_pg().charge(payment.id, attempt, Timestamp::now()).await;
        assert!(matches!(result, Err(SettleError::Gateway(_))));
    }
    assert_eq!(world.picture(payment.id).await.status, Requested);
    world.charge(payment.id, 7).await;
    assert_eq!(world.picture(payment.id).await.status, Success);
}

#[tokio::test]
async fn an_approval_after_the_failure_is_voided() {
    let world = World::new().await;
    let payment = world.payment(0, 700, "late_1").await;
    let settlement = world.settlement();
    settlement.charge(payment.id, 1, Timestamp::now()).await.unwrap_err();
    let fail = Step::Fail(FailureCode::PgTimeout);
    let failed = world.store().advance(payment.clone(), fail, Timestamp::now()).await.unwrap();
    assert!(matches!(failed, Advance::Done(_)));

    let early = settlement.charge(payment.id, 1, Timestamp::now()).await;
    assert!(matches!(early, Err(SettleError::InProgress(_))));
    world.until_approved(payment.id).await;
    assert_eq!(world.picture(payment.id).await.kept_by_pg, 700);
    for attempt in 2..4 {
        world.charge(payment.id, attempt).await;
        let picture = world.picture(payment.id).await;
        assert_eq!((picture.status, picture.kept_by_pg, picture.approvals), (Failed, 0, 1));
    }
}

#[tokio::test]
async fn an_approval_of_another_amount_is_voided_and_fails() {
    let world = World::new().await;
    let payment = world.payment(0, 700, "ok_1").await;
    let forged = Charge { order_id: payment.id, payment_key: "ok_1", amount: 70_000 };
    assert!(matches!(world.toss().confirm(forged).await.unwrap(), Outcome::Approved(_)));
    world.charge(payment.id, 1).await;
    let picture = world.picture(payment.id).await;
    assert_eq!(picture.failure.as_deref(), Some("pg_mismatch"));
    assert_eq!((picture.status, picture.kept_by_pg), (Failed, 0));
}

#[tokio::test]
async fn a_key_that_paid_for_something_else_fails_and_leaves_that_alone() {
    let world = World::new().await;
    let theirs = world.payment(0, 500, "ok_theirs").await;
    world.charge(theirs.id, 1).await;
    let ours = world.payment(0, 500, "ok_theirs").await;
    world.charge(ours.id, 1).await;
    world.charge(ours.id, 2).await;
    let picture = world.picture(ours.id).await;
    assert_eq!(picture.failure.as_deref(), Some("pg_key_used"));
    assert_eq!((picture.kept_by_pg, picture.approvals), (500, 1));
    assert_eq!(world.picture(theirs.id).await.status, Success);
}

#[tokio::test]
async fn bought_points_come_with_the_success_and_only_then() {
    for (key, status, balance) in [("ok_1", Success, 5_000), ("decline_1", Failed, 0)] {
        let world = World::new().await;
        let payment = world.purchase(5_000, key).await;
        for attempt in 1..3 {
            world.charge(payment.id, attempt).await;
            let picture = world.picture(payment.id).await;
            assert_eq!((picture.status, picture.balance), (status, balance));
        }
    }
}

#[tokio::test]
async fn an_unknown_payment_is_kept_for_somebody_to_look_at() {
    let world = World::new().await;
    let result = world.settlement().charge(PaymentId::generate(), 1, Timestamp::now()).await;
    assert!(matches!(result, Err(SettleError::UnknownPayment(_))));
}
