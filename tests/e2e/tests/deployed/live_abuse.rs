//! Connections and messages that mean harm, or are mistaken.

use std::time::Duration;

use e2e::forge::Forge;
use e2e::hall::Plan;
use e2e::live_contract::LiveContract;
use e2e::person::Person;
use e2e::socket::Socket;
use e2e::wait::{SOON, eventually};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;
use uuid::Uuid;

/// The id of an event that nobody has made.
fn nothing() -> String {
    format!("evt_{}", Uuid::now_v7())
}

#[tokio::test]
async fn tokens_that_are_not_good_are_refused_at_the_door() {
    let (person, forge) = (Person::register().await, Forge::open().await);
    Socket::bearing(person.access_token()).await.ping().await;
    let good = forge.claims(&person.id);
    Socket::bearing(&forge.token(&good)).await.ping().await;

    let with = |name: &str, value: Value| forge.token(&crate::bad_values::changed(&good, name, value));
    let now = good["iat"].as_i64().unwrap();
    let token = person.access_token();
    let refused = [
        ("expired", with("exp", json!(now - 1))),
        ("for somebody else", with("aud", json!("other"))),
        ("from somebody else", with("iss", json!("https://example.com"))),
        ("about nobody", with("sub", json!("usr_1"))),
        ("signed by nobody", format!("{}.", &token[..token.rfind('.').unwrap()])),
        ("signed by somebody else", forge.signed(jsonwebtoken::Algorithm::RS256, &good, &Forge::strange_key())),
        ("under an unknown name", forge.token_named("no-such-key", &good)),
        ("no token", "nonsense".to_owned()),
        ("a refresh token", person.session["refreshToken"].as_str().unwrap().to_owned()),
    ];
    for (what, token) in refused {
        let refusal = Socket::connect(&[("token", &token)]).await.expect_err(what);
        assert_eq!(refusal.status, 401, "{what}: {refusal:?}");
        assert!(!refusal.body.contains(&token), "{what}: {refusal:?}");
    }
}

#[tokio::test]
async fn what_is_no_message_is_answered_and_ends_nothing() {
    let mut socket = Socket::anonymous().await;
    let nonsense = [
        "",
        "nonsense",
        "{",
        "null",
        "[]",
        "7",
        r#""ping""#,
        "{}",
        r#"{"action":null}"#,
        r#"{"action":{"a":1}}"#,
        r#"{"action":"drop-tables"}"#,
        r#"{"action":"$default"}"#,
        r#"{"action":"$connect"}"#,
        r#"{"action":"$disconnect"}"#,
        r#"{"action":"join-event"}"#,
        r#"{"action":"join-event","eventId":7}"#,
        r#"{"action":"join-event","eventId":"' OR 1=1"}"#,
        r#"{"action":"join-seat-selection","performanceId":null}"#,
        r#"{"action":"seat-selection-changed","seatIds":"all"}"#,
        r#"{"action":"join-queue","eventId":[],"ticket":{}}"#,
    ];
    for text in nonsense {
        socket.send_raw(Message::text(text)).await;
        let problem = socket.expect("error").await;
        let status = problem["status"].as_u64().unwrap();
        assert!((400..500).contains(&status), "{text}: {problem}");
    }
    socket.send_raw(Message::binary(vec![0xff, 0x00, 0xfe])).await;
    socket.expect("error").await;
    socket.ping().await;
}

#[tokio::test]
async fn leaving_what_one_never_joined_is_nothing_to_complain_about() {
    let mut socket = Socket::anonymous().await;
    for _ in 0..2 {
        socket.send(&json!({"action": "leave-event", "eventId": nothing()})).await;
        let performance = format!("prf_{}", Uuid::now_v7());
        socket.send(&json!({"action": "leave-seat-selection", "performanceId": performance})).await;
        socket.send(&json!({"action": "leave-queue", "eventId": nothing()})).await;
    }
    socket.ping().await;
    socket.nothing_of(&["error"], Duration::ZERO).await;
}

#[tokio::test]
async fn every_action_of_the_contract_is_known() {
    let mut socket = Socket::anonymous().await;
    socket.send(&json!({"action": "drop-tables"})).await;
    let unknown = socket.expect("error").await["code"].clone();
    for action in LiveContract::get().actions().iter().filter(|action| *action != "ping") {
        // Without what it is about, so that each is refused for another reason.
        socket.send(&json!({"action": action})).await;
        let problem = socket.expect("error").await;
        assert_ne!(problem["code"], unknown, "{action}: {problem}");
    }
    socket.ping().await;
}

#[tokio::test]
async fn large_messages_are_refused_and_huge_ones_end_the_connection() {
    let mut socket = Socket::anonymous().await;
    let padded = |length: usize| json!({"action": "ping", "padding": "x".repeat(length)});
    socket.refused(&padded(8 * 1024), 413, "message_too_large").await;
    socket.ping().await;
    socket.send(&padded(40 * 1024)).await;
    assert_eq!(socket.ended().await, Some(1009));
    Socket::anonymous().await.ping().await;
}

#[tokio::test]
async fn nobody_is_in_a_thousand_rooms() {
    let mut halls = Vec::new();
    for _ in 0..11 {
        halls.push(Plan::standing(5).open().await);
    }
    let (last, hall) = (&halls[10].event, &halls[0]);
    let mut socket = Socket::anonymous().await;
    for hall in &halls[..10] {
        socket.join_event(&hall.event).await;
    }
    for _ in 0..3 {
        socket.refused(&json!({"action": "join-event", "eventId": last}), 409, "too_many_rooms").await;
    }
    // The same room again is no further room, and a room that was left makes place for another.
    socket.join_event(&halls[1].event).await;
    socket.send(&json!({"action": "leave-event", "eventId": halls[1].event})).await;
    socket.join_event(last).await;
    // What one is in is kept.
    Person::register().await.reserve_any(hall, 1).await.expect(201);
    socket.expect_where("ticket-updated", SOON, |told| told["ticketTypeId"] == *hall.ticket_type).await;
}

#[tokio::test]
async fn an_account_has_ten_connections_at_most() {
    let person = Person::register().await;
    let mut open = Vec::new();
    for _ in 0..10 {
        open.push(Socket::of(&person).await);
    }
    let refusal = Socket::connect(&[("token", person.access_token())]).await.expect_err("one too many");
    assert_eq!(refusal.status, 429, "{refusal:?}");
    Socket::of(&Person::register().await).await.ping().await;
    open.remove(0).close().await;
    eventually("there is place for another connection", SOON, async || {
        Socket::connect(&[("token", person.access_token())]).await.map_err(|refusal| format!("{refusal:?}"))
    })
    .await
    .ping()
    .await;
}

#[tokio::test]
async fn whoever_does_not_read_harms_nobody() {
    let hall = Plan::seated(1, 6).open().await;
    let mut lazy = Socket::anonymous().await;
    lazy.join_seats(&hall.performance).await;
    let mut gone = Socket::anonymous().await;
    gone.join_seats(&hall.performance).await;
    drop(gone);
    let mut keen = Socket::anonymous().await;
    keen.join_seats(&hall.performance).await;
    for seat in ["R1-1", "R1-2", "R1-3"] {
        Person::crowd(1).await.remove(0).hold(&hall, &[seat]).await;
        let names = |told: &Value| told["seats"].as_array().unwrap().iter().any(|told| told["id"] == seat);
        keen.expect_where("seat-locked", SOON, names).await;
    }
}
