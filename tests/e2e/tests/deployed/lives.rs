//! What may be done with an event in each state of its life.

use e2e::api::{Answer, Api};
use e2e::draft::Draft;
use e2e::hall::in_days;
use e2e::person::Person;
use serde_json::json;

const STATES: [&str; 5] = ["DRAFT", "ON_SALE", "SOLD_OUT", "ENDED", "CANCELLED"];

/// An event that could be published, in this state.
async fn event_in(manager: &Person, state: &str) -> Draft {
    let event = Draft::new(manager, "일생", &json!({})).await;
    event.performance(&in_days(9)).await;
    event.standing("일반", 1_000, 5).await;
    if state != "DRAFT" {
        event.publish().await;
    }
    match state {
        "DRAFT" | "ON_SALE" => {}
        "CANCELLED" => drop(event.ask_to("cancel").await.expect(200)),
        other => drop(event.patch(&json!({"status": other})).await.expect(200)),
    }
    assert_eq!(event.managed().await["status"], state);
    event
}

/// That asking an event in each state answers as the table says: the state it is in then, or the code of the refusal.
async fn assert_lives(what: &str, ask: impl AsyncFn(&Draft) -> Answer, expected: [&str; 5]) {
    let manager = Person::with_role("organizer").await;
    for (state, expected) in STATES.into_iter().zip(expected) {
        let event = event_in(&manager, state).await;
        let before = event.managed().await;
        let answer = ask(&event).await;
        if STATES.contains(&expected) {
            assert!((200..300).contains(&answer.status), "{what} when {state}: {answer}");
            assert_eq!(event.managed().await["status"], expected, "{what} when {state}");
        } else {
            assert_eq!(answer.code(), expected, "{what} when {state}: {answer}");
            answer.refused(409, expected);
            assert_eq!(event.managed().await, before, "{what} when {state}");
        }
    }
}

#[tokio::test]
async fn publishing() {
    let ask = async |event: &Draft| event.ask_to("publish").await;
    assert_lives("publish", ask, ["ON_SALE", "ON_SALE", "SOLD_OUT", "invalid_transition", "invalid_transition"]).await;
}

#[tokio::test]
async fn taking_off_sale() {
    let ask = async |event: &Draft| event.ask_to("unpublish").await;
    assert_lives("unpublish", ask, ["DRAFT", "DRAFT", "DRAFT", "invalid_transition", "invalid_transition"]).await;
}

#[tokio::test]
async fn calling_off() {
    let ask = async |event: &Draft| event.ask_to("cancel").await;
    let expected = ["CANCELLED", "CANCELLED", "CANCELLED", "invalid_transition", "CANCELLED"];
    assert_lives("cancel", ask, expected).await;
}

#[tokio::test]
async fn adding_a_performance() {
    let ask = async |event: &Draft| event.add_performance(&json!({"startsAt": in_days(5)})).await;
    assert_lives("add a performance", ask, ["DRAFT", "ON_SALE", "SOLD_OUT", "event_over", "event_over"]).await;
}

#[tokio::test]
async fn adding_a_ticket_type() {
    let ask = async |event: &Draft| event.add_ticket_type(json!({"name": "N", "price": 1, "quota": 1})).await;
    assert_lives("add a ticket type", ask, ["DRAFT", "ON_SALE", "SOLD_OUT", "event_over", "event_over"]).await;
}

#[tokio::test]
async fn asking_for_a_state() {
    for (status, expected) in [
        ("DRAFT", ["DRAFT", "invalid_transition", "invalid_transition", "invalid_transition", "invalid_transition"]),
        (
            "CANCELLED",
            ["invalid_transition", "invalid_transition", "invalid_transition", "invalid_transition", "CANCELLED"],
        ),
        ("ON_SALE", ["invalid_transition", "ON_SALE", "ON_SALE", "invalid_transition", "invalid_transition"]),
    ] {
        let ask = async |event: &Draft| event.patch(&json!({"status": status})).await;
        assert_lives(&format!("become {status}"), ask, expected).await;
    }
}

#[tokio::test]
async fn who_may_read_about_it() {
    let manager = Person::with_role("organizer").await;
    for state in STATES {
        let event = event_in(&manager, state).await;
        let answer = Api::anonymous().get(format!("/events/{}", event.id)).await;
        if state == "DRAFT" {
            answer.refused(404, "not_found");
        } else {
            assert_eq!(answer.expect(200)["status"], state);
        }
    }
}
