//! Many at once.

use contracts::payments::PaymentStatus::{Failed, Success};
use jiff::Timestamp;
use tokio::task::JoinSet;

use crate::common::World;

#[tokio::test(flavor = "multi_thread")]
async fn fifty_debits_of_one_account_all_end_and_never_overdraw() {
    let world = World::new().await;
    world.give_points(1_000).await;
    let mut ids = Vec::new();
    for _ in 0..50 {
        ids.push(world.payment(30, 0, "").await.id);
    }
    let mut running = JoinSet::new();
    for id in ids.clone() {
        let settlement = world.settlement();
        running.spawn(async move { settlement.charge(id, 1, Timestamp::now()).await });
    }
    while let Some(result) = running.join_next().await {
        result.unwrap().unwrap();
    }
    let mut paid = 0;
    for id in ids {
        let picture = world.picture(id).await;
        match picture.status {
            Success => paid += 1,
            Failed => assert_eq!(picture.failure.as_deref(), Some("insufficient_points")),
            other => panic!("undecided: {other:?}"),
        }
    }
    assert_eq!(paid, 33);
    let account = world.store().account(world.user).await.unwrap().unwrap();
    assert_eq!((account.balance, account.version), (10, 34));
}

#[tokio::test(flavor = "multi_thread")]
async fn deliveries_of_one_payment_beside_each_other_charge_once() {
    for key in ["ok_1", "timeout_ok_1", "decline_1"] {
        let world = World::new().await;
        world.give_points(1_000).await;
        let payment = world.payment(300, 700, key).await;
        let mut running = JoinSet::new();
        for attempt in 1..=8 {
            let (settlement, id) = (world.settlement(), payment.id);
            running.spawn(async move { settlement.charge(id, attempt, Timestamp::now()).await });
        }
        running.join_all().await;
        world.charge(payment.id, 9).await;
        let picture = world.picture(payment.id).await;
        if key == "decline_1" {
            assert_eq!(picture.entries, [1_000, -300, 300], "{key}");
            assert_eq!((picture.status, picture.kept_by_pg), (Failed, 0), "{key}");
        } else {
            assert_eq!(picture.entries, [1_000, -300], "{key}");
            let expected = (Success, 700, 1);
            assert_eq!((picture.status, picture.kept_by_pg, picture.approvals), expected, "{key}");
        }
    }
}
