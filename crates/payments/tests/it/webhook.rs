//! Notifications: late, repeated, reordered, forged.

use contracts::ids::PaymentId;
use contracts::payments::PaymentState;
use contracts::payments::PaymentStatus::{Failed, PointsDebited, Refunded, Success};
use jiff::Timestamp;
use payments::domain::failure::FailureCode;
use payments::domain::payment::Step;
use payments::settle::SettleError;
use payments::webhook::{Notification, Stage, WebhookError};

use crate::common::World;
use crate::refund::cancelling;

fn notification(payment: &PaymentState, stage: Stage) -> Notification {
    Notification {
        order_id: payment.id.to_string(),
        payment_key: payment.payment_key.clone().unwrap(),
        amount: Some(payment.card_amount),
        stage,
    }
}

async fn late(world: &World) -> PaymentState {
    world.give_points(1_000).await;
    let payment = world.payment(300, 700, "late_1").await;
    let open = world.settlement().charge(payment.id, 1, Timestamp::now()).await;
    assert!(matches!(open, Err(SettleError::InProgress(_))));
    payment
}

#[tokio::test]
async fn an_approval_told_late_settles_the_payment_once() {
    let world = World::new().await;
    let payment = late(&world).await;
    let settlement = world.settlement();
    let (open, done) = (notification(&payment, Stage::Open), notification(&payment, Stage::Approved));

    settlement.notified(&open, Timestamp::now()).await.unwrap();
    assert_eq!(world.picture(payment.id).await.status, PointsDebited);
    world.until_approved(payment.id).await;
    // Repeated, and an older one after a newer one.
    for told in [&done, &open, &done] {
        settlement.notified(told, Timestamp::now()).await.unwrap();
        let picture = world.picture(payment.id).await;
        assert_eq!((picture.status, picture.balance, picture.approvals), (Success, 700, 1));
    }
    world.charge(payment.id, 2).await;
    assert_eq!(world.picture(payment.id).await.entries, [1_000, -300]);
}

#[tokio::test]
async fn an_approval_of_a_failed_payment_is_voided() {
    let world = World::new().await;
    let payment = late(&world).await;
    let current = world.store().payment(payment.id).await.unwrap().unwrap();
    let fail = Step::Fail(FailureCode::PgTimeout);
    world.store().advance(current, fail, Timestamp::now()).await.unwrap();
    world.until_approved(payment.id).await;
    let done = notification(&payment, Stage::Approved);
    for _ in 0..2 {
        world.settlement().notified(&done, Timestamp::now()).await.unwrap();
        let picture = world.picture(payment.id).await;
        assert_eq!((picture.status, picture.balance, picture.kept_by_pg), (Failed, 1_000, 0));
    }
}

#[tokio::test]
async fn news_of_a_refund_changes_nothing() {
    let world = World::new().await;
    let payment = world.payment(0, 700, "ok_1").await;
    world.charge(payment.id, 1).await;
    let settlement = world.settlement();
    settlement.refund(&cancelling(&payment), Timestamp::now()).await.unwrap();
    for stage in [Stage::Cancelled, Stage::Approved, Stage::Cancelled] {
        settlement.notified(&notification(&payment, stage), Timestamp::now()).await.unwrap();
        assert_eq!(world.picture(payment.id).await.status, Refunded);
    }
}

#[tokio::test]
async fn what_the_pg_does_not_confirm_changes_nothing() {
    let world = World::new().await;
    let payment = late(&world).await;
    let never_charged = world.payment(0, 500, "ok_2").await;
    let real = notification(&payment, Stage::Approved);
    let forged = [
        // The PG has not approved it yet.
        real.clone(),
        Notification { stage: Stage::Cancelled, ..real.clone() },
        Notification { stage: Stage::PartlyCancelled, ..real.clone() },
        Notification { stage: Stage::Declined, ..real.clone() },
        Notification { order_id: PaymentId::generate().to_string(), ..real.clone() },
        Notification { order_id: "order-1".into(), ..real.clone() },
        Notification { order_id: "../../orders".into(), ..real.clone() },
        Notification { payment_key: "ok_2".into(), stage: Stage::Open, ..real.clone() },
        Notification { amount: Some(1), stage: Stage::Open, ..real },
        notification(&never_charged, Stage::Approved),
        notification(&never_charged, Stage::Open),
    ];
    let before = world.table.items().await.len();
    for notification in forged {
        let result = world.settlement().notified(&notification, Timestamp::now()).await;
        assert!(matches!(result, Err(WebhookError::Unverifiable)), "{notification:?}");
    }
    assert_eq!(world.table.items().await.len(), before);
    assert_eq!(world.store().payment(never_charged.id).await.unwrap(), Some(never_charged));
    assert_eq!(world.picture(payment.id).await.status, PointsDebited);
}

#[tokio::test]
async fn without_a_pg_nothing_can_be_verified() {
    let world = World::new().await;
    let payment = world.payment(0, 700, "ok_1").await;
    let done = notification(&payment, Stage::Approved);
    let result = world.without_pg().notified(&done, Timestamp::now()).await;
    assert!(matches!(result, Err(WebhookError::Settle(SettleError::Gateway(_)))));
}
