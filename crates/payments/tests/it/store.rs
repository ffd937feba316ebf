//! Keys, history, conditions.

use contracts::ids::{PaymentId, UserId};
use contracts::payments::PointsEntryType;
use jiff::Timestamp;
use kit::idempotency::{Fingerprint, IdempotencyKey, IdempotentRequest, KEY_LIFETIME_SECONDS};
use payments::domain::failure::FailureCode;
use payments::domain::ledger::{Movement, post};
use payments::domain::payment::{Step, advance};
use payments::store::{Claim, Commit, Operation, Store};

use crate::common::World;

fn request(key: &str, body: i32) -> IdempotentRequest {
    IdempotentRequest { key: IdempotencyKey::of(key), fingerprint: Fingerprint::of(&body.into()) }
}

#[tokio::test]
async fn a_key_stands_for_one_payment_of_one_caller_and_operation_for_a_day() {
    let world = World::new().await;
    let (store, user, now) = (world.store(), world.user, Timestamp::now());
    let (first, second) = (PaymentId::generate(), PaymentId::generate());
    let pay = Operation::RequestPayment;
    let claim = async |user, operation, request: &IdempotentRequest, id, now| {
        store.claim(user, operation, request, id, now).await.unwrap()
    };

    assert_eq!(claim(user, pay, &request("k", 1), first, now).await, Claim::New);
    assert_eq!(claim(user, pay, &request("k", 1), second, now).await, Claim::Known(first));
    assert_eq!(claim(user, pay, &request("k", 2), second, now).await, Claim::Reused);
    assert_eq!(claim(UserId::generate(), pay, &request("k", 2), second, now).await, Claim::New);
    assert_eq!(claim(user, Operation::ChargePoints, &request("k", 2), second, now).await, Claim::New);

    let end = Timestamp::from_second(now.as_second() + KEY_LIFETIME_SECONDS).unwrap();
    let just_before = Timestamp::from_second(end.as_second() - 1).unwrap();
    assert_eq!(claim(user, pay, &request("k", 1), second, just_before).await, Claim::Known(first));
    assert_eq!(claim(user, pay, &request("k", 2), second, end).await, Claim::New);
}

#[tokio::test]
async fn a_payment_is_written_once_and_changed_only_as_it_was_read() {
    let world = World::new().await;
    let (store, now) = (world.store(), Timestamp::now());
    let payment = world.payment(0, 500, "ok_1").await;
    assert!(!store.create(&payment, now).await.unwrap());

    let succeed = advance(&payment, Step::Succeed).unwrap();
    let fail = advance(&payment, Step::Fail(FailureCode::CardDeclined)).unwrap();
    assert_eq!(store.commit(&succeed, None, now).await.unwrap(), Commit::Done);
    assert_eq!(store.commit(&fail, None, now).await.unwrap(), Commit::Stale);
    assert_eq!(store.payment(payment.id).await.unwrap(), Some(succeed.payment));
}

#[tokio::test]
async fn points_move_with_their_payment_or_not_at_all() {
    let world = World::new().await;
    let (store, now, user) = (world.store(), Timestamp::now(), world.user);
    world.give_points(1_000).await;
    let (one, two) = (world.payment(400, 0, "").await, world.payment(400, 0, "").await);
    let account = store.account(user).await.unwrap().unwrap();
    let debit = |payment: &contracts::payments::PaymentState| {
        let transition = advance(payment, Step::Succeed).unwrap();
        let movement: Movement = transition.points.unwrap();
        let after = post(Some(&account), user, movement, payment.id, now).unwrap();
        (transition, after)
    };
    let (transition, after) = debit(&one);
    assert_eq!(store.commit(&transition, Some(&after), now).await.unwrap(), Commit::Done);
    // The account has moved on: neither the second payment nor the account changes.
    let (transition, stale) = debit(&two);
    assert_eq!(store.commit(&transition, Some(&stale), now).await.unwrap(), Commit::Stale);
    assert_eq!(store.payment(two.id).await.unwrap(), Some(two));
    assert_eq!(store.account(user).await.unwrap(), Some(after));
    // The payment has moved on: the account stays even though it is read afresh.
    let movement = advance(&one, Step::Succeed).unwrap().points.unwrap();
    let account = store.account(user).await.unwrap();
    let again = post(account.as_ref(), user, movement, one.id, now).unwrap();
    let repeated = advance(&one, Step::Succeed).unwrap();
    assert_eq!(store.commit(&repeated, Some(&again), now).await.unwrap(), Commit::Stale);
    assert_eq!(store.account(user).await.unwrap(), account);
}

#[tokio::test]
async fn every_aggregate_announces_its_change_in_the_same_item() {
    let world = World::new().await;
    world.give_points(1_000).await;
    for item in world.table.items().await {
        let sort_key = item["sk"].as_s().unwrap();
        if sort_key.starts_with("ENTRY#") {
            assert!(!item.contains_key("lastEvent"));
            continue;
        }
        let event = item["lastEvent"].as_m().unwrap();
        let expected = match sort_key.as_str() {
            "PAY" => "payments.payment-succeeded.v1",
            "BALANCE" => "payments.points-moved.v1",
            other => panic!("unexpected item {other}"),
        };
        assert_eq!(event["type"].as_s().unwrap(), expected);
        let state = item[event["state"].as_s().unwrap()].as_m().unwrap();
        assert!(state.contains_key("id") && state.contains_key("version"));
    }
}

#[tokio::test]
async fn history_pages_stay_put_while_entries_are_added() {
    let world = World::new().await;
    let store = world.store();
    let empty = store.history(world.user, None, 10).await.unwrap();
    assert!(empty.entries.is_empty() && empty.older_than.is_none());
    for amount in 1..=12 {
        world.give_points(amount).await;
    }
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = store.history(world.user, before, 4).await.unwrap();
        seen.extend(page.entries.iter().map(|entry| entry.amount));
        world.give_points(99).await;
        before = page.older_than;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(seen, (1..=12).rev().collect::<Vec<i64>>());
    for edge in [0, 1] {
        let page = store.history(world.user, Some(edge), 4).await.unwrap();
        assert!(page.entries.is_empty() && page.older_than.is_none());
    }
    let all = store.history(world.user, Some(u64::MAX), 100).await.unwrap();
    assert_eq!(all.entries.len(), 15);
}

/// A store whose table answers everything with this refusal. The embedded DynamoDB runs one transaction after the other
/// and never answers with a conflict.
async fn refusing(world: &World, answer: &'static str) -> Store {
    let app = axum::Router::new().fallback(move || async move { (axum::http::StatusCode::BAD_REQUEST, answer) });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    let config = world.table.client().config().to_builder().endpoint_url(endpoint).build();
    Store::new(aws_sdk_dynamodb::Client::from_conf(config), &world.table.name)
}

#[tokio::test]
async fn a_transaction_that_meets_another_is_stale_and_not_an_error() {
    let conflict = r#"{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","message":"cancelled",
        "CancellationReasons":[{"Code":"None"},{"Code":"TransactionConflict"},{"Code":"None"}]}"#;
    let world = World::new().await;
    let store = refusing(&world, conflict).await;
    let (payment, now) = (world.payment(0, 0, "").await, Timestamp::now());
    let transition = advance(&payment, Step::Succeed).unwrap();
    let movement = Movement { reason: PointsEntryType::Charge, amount: 1 };
    let account = post(None, world.user, movement, payment.id, now).unwrap();
    let commit = store.commit(&transition, Some(&account), now).await;
    assert_eq!(commit.unwrap(), Commit::Stale);
}

#[tokio::test]
async fn a_write_that_meets_a_transaction_is_stale_and_not_an_error() {
    let conflict = r#"{"__type":"com.amazonaws.dynamodb.v20120810#TransactionConflictException","message":"ongoing"}"#;
    let world = World::new().await;
    let store = refusing(&world, conflict).await;
    let payment = world.payment(0, 500, "ok_1").await;
    let transition = advance(&payment, Step::Succeed).unwrap();
    let commit = store.commit(&transition, None, Timestamp::now()).await;
    assert_eq!(commit.unwrap(), Commit::Stale);
}
