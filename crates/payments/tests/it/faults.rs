//! Every step of the workers, with every AWS call failing once before and once after its effect.

use contracts::ids::PaymentId;
use contracts::payments::PaymentState;
use jiff::Timestamp;
use payments::settle::Settlement;
use testkit::Faults;

use crate::common::{Picture, World};
use crate::refund::cancelling;

/// More calls than any step makes.
const MOST_CALLS: usize = 30;

#[derive(Debug, Clone, Copy)]
struct Case {
    points: i64,
    card: i64,
    key: &'static str,
}

impl Case {
    async fn begin(self) -> (World, PaymentState) {
        let world = World::new().await;
        world.give_points(1_000).await;
        let payment = world.payment(self.points, self.card, self.key).await;
        (world, payment)
    }
}

async fn undisturbed(case: Case, refund: bool) -> Picture {
    let (world, payment) = case.begin().await;
    world.charge(payment.id, 1).await;
    if refund {
        world.settlement().refund(&cancelling(&payment), Timestamp::now()).await.unwrap();
    }
    world.picture(payment.id).await
}

/// Charges with one fault after the other; every time the next deliveries must reach `expected`.
async fn charge_through_faults(case: Case) {
    let expected = undisturbed(case, false).await;
    for fault in Faults::every(MOST_CALLS) {
        let (world, payment) = case.begin().await;
        let faults = Faults::one(fault);
        let failing = Settlement::new(world.failing_store(&faults), world.toss());
        let result = failing.charge(payment.id, 1, Timestamp::now()).await;
        if !faults.struck() {
            result.unwrap();
            return;
        }
        settle_twice(&world, payment.id).await;
        assert_eq!(world.picture(payment.id).await, expected, "{case:?} {fault:?}");
    }
    panic!("more than {MOST_CALLS} calls");
}

async fn settle_twice(world: &World, id: PaymentId) {
    world.charge(id, 2).await;
    world.charge(id, 3).await;
}

#[tokio::test]
async fn a_card() {
    charge_through_faults(Case { points: 0, card: 700, key: "ok_1" }).await;
}

#[tokio::test]
async fn points() {
    charge_through_faults(Case { points: 300, card: 0, key: "" }).await;
}

#[tokio::test]
async fn both() {
    charge_through_faults(Case { points: 300, card: 700, key: "ok_1" }).await;
}

#[tokio::test]
async fn too_few_points() {
    charge_through_faults(Case { points: 1_001, card: 700, key: "ok_1" }).await;
}

#[tokio::test]
async fn a_decline() {
    charge_through_faults(Case { points: 300, card: 700, key: "decline_1" }).await;
}

#[tokio::test]
async fn an_approval_nobody_heard_of() {
    charge_through_faults(Case { points: 300, card: 700, key: "timeout_ok_1" }).await;
}

#[tokio::test]
async fn a_pg_that_fails() {
    charge_through_faults(Case { points: 300, card: 700, key: "error_1" }).await;
}

#[tokio::test]
async fn a_refund() {
    let case = Case { points: 300, card: 700, key: "ok_1" };
    let expected = undisturbed(case, true).await;
    for fault in Faults::every(MOST_CALLS) {
        let (world, payment) = case.begin().await;
        world.charge(payment.id, 1).await;
        let reservation = cancelling(&payment);
        let faults = Faults::one(fault);
        let failing = Settlement::new(world.failing_store(&faults), world.toss());
        let result = failing.refund(&reservation, Timestamp::now()).await;
        if !faults.struck() {
            result.unwrap();
            return;
        }
        for _ in 0..2 {
            world.settlement().refund(&reservation, Timestamp::now()).await.unwrap();
        }
        assert_eq!(world.picture(payment.id).await, expected, "{fault:?}");
    }
    panic!("more than {MOST_CALLS} calls");
}

#[tokio::test]
async fn a_purchase_of_points() {
    for fault in Faults::every(MOST_CALLS) {
        let world = World::new().await;
        let payment = world.purchase(5_000, "ok_1").await;
        let faults = Faults::one(fault);
        let failing = Settlement::new(world.failing_store(&faults), world.toss());
        let result = failing.charge(payment.id, 1, Timestamp::now()).await;
        if !faults.struck() {
            result.unwrap();
            return;
        }
        settle_twice(&world, payment.id).await;
        let picture = world.picture(payment.id).await;
        assert_eq!(picture.entries, [5_000], "{fault:?}");
        assert_eq!((picture.kept_by_pg, picture.approvals), (5_000, 1), "{fault:?}");
    }
    panic!("more than {MOST_CALLS} calls");
}
