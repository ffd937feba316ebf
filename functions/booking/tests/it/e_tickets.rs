//! What a confirmed reservation lets its owner do: come in, or ask what cancelling would give back.

use booking::e_tickets::Signer;
use booking_functions::{begin_payment, cancel_reservation, list_e_tickets, quote_cancellation, settle_reservation};
use contracts::booking::{BeginPayment, PaymentStart};
use contracts::event::{Envelope, EventType};
use contracts::ids::{PaymentId, ReservationId, UserId};
use contracts::payments::{PaymentMethod, PaymentPurpose, PaymentState, PaymentStatus};
use jiff::Timestamp;
use kit::worker::Delivery;
use serde_json::{Value, json};

use crate::world::{Answer, Event, World};

fn signer() -> Signer {
    Signer::new(b"0123456789abcdef0123456789abcdef").unwrap()
}

fn of(user: UserId, id: &str) -> Event {
    Event::by(user).at("reservationId", id)
}

async fn tickets(world: &World, user: UserId, id: &str) -> Answer {
    let (app, signer) = (world.elsewhere(), signer());
    of(user, id).send(|call| list_e_tickets::handle(&app, &signer, call)).await
}

async fn quote(world: &World, user: UserId, id: &str) -> Answer {
    let app = world.elsewhere();
    of(user, id).send(|call| quote_cancellation::handle(&app, call)).await
}

fn refusal((status, body): &Answer) -> (u16, &str) {
    (*status, body["code"].as_str().unwrap_or_default())
}

/// A reservation of everything there is, and the payment that it waits for.
async fn paying(world: &World, user: UserId) -> (String, PaymentId) {
    let (status, held) = world.hold(user).await;
    assert_eq!(status, 201, "{held}");
    let (id, payment_id) = (held["id"].as_str().unwrap().to_owned(), PaymentId::generate());
    let begin = BeginPayment {
        user_id: user,
        reservation_id: id.parse().unwrap(),
        payment_id,
        payable_min: 0,
        payable_max: i64::MAX,
        payable_currency: None,
    };
    let start = begin_payment::handle(&world.elsewhere(), begin).await.unwrap();
    assert!(matches!(start, PaymentStart::Started { .. }));
    (id, payment_id)
}

/// The payment is decided, partly in points.
async fn settle(world: &World, user: UserId, id: &str, payment: PaymentId, status: PaymentStatus) {
    let state = PaymentState {
        id: payment,
        version: 3,
        user_id: user,
        purpose: PaymentPurpose::Reservation {
            reservation_id: id.parse().unwrap(),
            performance_id: world.performance.id,
        },
        method: PaymentMethod::Mixed,
        point_used: 10_000,
        card_amount: 50_000,
        currency: "KRW".into(),
        payment_key: None,
        status,
        failure_code: None,
        requested_at: None,
    };
    let event_type = match status {
        PaymentStatus::Success => EventType::PaymentSucceeded,
        _ => EventType::PaymentRefunded,
    };
    let data = serde_json::to_value(&state).unwrap();
    let event = Envelope { event_type, aggregate_id: payment.to_string(), version: 3, at: Timestamp::now(), data };
    settle_reservation::handle(&world.elsewhere(), Delivery { event, attempt: 1 }).await.unwrap();
}

async fn cancel(world: &World, user: UserId, id: &str) -> Answer {
    let app = world.elsewhere();
    let event = of(user, id).body(&json!({"version": 3}));
    event.send(|call| cancel_reservation::handle(&app, call)).await
}

#[tokio::test]
async fn tickets_are_there_while_a_reservation_is_confirmed() {
    let world = World::seated().await;
    let user = UserId::generate();
    let (id, payment) = paying(&world, user).await;
    assert_eq!(refusal(&tickets(&world, user, &id).await), (409, "not_confirmed"));
    settle(&world, user, &id, payment, PaymentStatus::Success).await;

    let before = world.table.items().await;
    let (status, list) = tickets(&world, user, &id).await;
    assert_eq!(status, 200, "{list}");
    let items = list["items"].as_array().unwrap();
    let seats: Vec<_> = items.iter().map(|ticket| ticket["seat"].clone()).collect();
    let seat = |number: &str| json!({"id": format!("A1-{number}"), "label": number, "row": "1", "section": "A"});
    assert_eq!(seats, [seat("1"), seat("2")]);
    for ticket in items {
        assert_eq!(ticket["ticketType"], json!({"id": world.ticket_type(), "name": "Standing"}));
        assert_eq!(ticket["status"], "VALID");
        assert!(ticket["id"].as_str().unwrap().starts_with("tic_"));
        assert_eq!(ticket["qr"].as_str().unwrap().split('.').count(), 3);
    }
    assert_ne!(items[0]["id"], items[1]["id"]);
    assert_eq!(tickets(&world, user, &id).await.1, list, "the same whenever they are asked for");
    assert_eq!(world.table.items().await, before, "looking writes nothing");

    assert_eq!(cancel(&world, user, &id).await.0, 202);
    assert_eq!(refusal(&tickets(&world, user, &id).await), (409, "not_confirmed"));
}

#[tokio::test]
async fn an_admission_without_a_place_is_a_ticket_without_a_seat() {
    let world = World::new().await;
    let user = UserId::generate();
    let (id, payment) = paying(&world, user).await;
    settle(&world, user, &id, payment, PaymentStatus::Success).await;
    let (_, list) = tickets(&world, user, &id).await;
    let items = list["items"].as_array().unwrap();
    assert_eq!(items.len(), 2);
    assert!(items.iter().all(|ticket| ticket["seat"].is_null() && ticket["ticketType"]["name"] == "Standing"));
    assert_ne!(items[0]["qr"], items[1]["qr"]);
}

#[tokio::test]
async fn a_quote_says_what_cancelling_then_does() {
    let world = World::seated().await;
    let user = UserId::generate();
    let (_, held) = world.hold(user).await;
    let id = held["id"].as_str().unwrap().to_owned();
    let (status, nothing) = quote(&world, user, &id).await;
    let expected = json!({
        "refundAmount": 0, "fee": 0, "pointRefund": 0, "cardRefund": 0, "currency": "KRW",
        "policyVersion": "full-refund.v1", "deadline": held["expiresAt"],
    });
    assert_eq!((status, nothing), (200, expected));
    let app = world.elsewhere();
    let released = of(user, &id).body(&json!({"version": 1}));
    assert_eq!(released.send(|call| cancel_reservation::handle(&app, call)).await.0, 202);
    assert_eq!(refusal(&quote(&world, user, &id).await), (409, "not_cancellable"));

    let (id, payment) = paying(&world, user).await;
    assert_eq!(refusal(&quote(&world, user, &id).await), (409, "payment_in_progress"));
    settle(&world, user, &id, payment, PaymentStatus::Success).await;
    let (status, all) = quote(&world, user, &id).await;
    let expected = json!({
        "refundAmount": 60_000, "fee": 0, "pointRefund": 10_000, "cardRefund": 50_000, "currency": "KRW",
        "policyVersion": "full-refund.v1", "deadline": world.performance.starts_at,
    });
    assert_eq!((status, all), (200, expected));
    assert_eq!(cancel(&world, user, &id).await.0, 202);
    assert_eq!(refusal(&quote(&world, user, &id).await), (409, "not_cancellable"));
    settle(&world, user, &id, payment, PaymentStatus::Refunded).await;
    assert_eq!(refusal(&quote(&world, user, &id).await), (409, "not_cancellable"));
}

#[tokio::test]
async fn what_is_not_the_callers_is_not_there() {
    let world = World::seated().await;
    let user = UserId::generate();
    let (id, payment) = paying(&world, user).await;
    settle(&world, user, &id, payment, PaymentStatus::Success).await;
    let (stranger, nowhere) = (UserId::generate(), ReservationId::generate().to_string());
    for (user, id) in [(stranger, id.as_str()), (user, nowhere.as_str()), (user, "rsv_1"), (user, "")] {
        assert_eq!(refusal(&tickets(&world, user, id).await), (404, "not_found"), "{id}");
        assert_eq!(refusal(&quote(&world, user, id).await), (404, "not_found"), "{id}");
    }
    let (app, signer) = (world.elsewhere(), signer());
    let anonymous = || Event::anonymous().at("reservationId", &id);
    let answers: [Answer; 2] = [
        anonymous().send(|call| list_e_tickets::handle(&app, &signer, call)).await,
        anonymous().send(|call| quote_cancellation::handle(&app, call)).await,
    ];
    assert!(answers.iter().all(|answer| refusal(answer) == (401, "unauthenticated")));
}

#[tokio::test]
async fn a_reservation_of_before_does_not_know_how_it_was_paid() {
    let world = World::seated().await;
    let user = UserId::generate();
    let (id, payment) = paying(&world, user).await;
    settle(&world, user, &id, payment, PaymentStatus::Success).await;
    let store = world.elsewhere().store;
    let book = booking::domain::book::BookId { user, performance: world.performance.id };
    let mut before = store.book(book).await.unwrap();
    before.reservations.get_mut(&id.parse().unwrap()).unwrap().paid = None;
    assert!(store.save(&before, id.parse().unwrap(), EventType::ReservationConfirmed, Timestamp::now()).await.unwrap());
    let (status, answer) = quote(&world, user, &id).await;
    assert_eq!((status, &answer["refundAmount"]), (200, &json!(60_000)));
    assert_eq!((&answer["pointRefund"], &answer["cardRefund"]), (&Value::Null, &Value::Null));
}
