//! Sales that a waiting room guards.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use booking::BookingError;
use booking::admissions::{self, SecretSource, Tokens};
use booking::domain::admission::{Denial, Entry, Guard};
use booking::dynamodb::Store;
use booking::hold::{self, HoldRequest};
use booking::sales::Sales;
use contracts::booking::{Admission, ReservationState, ReservationStatus};
use contracts::event::{Envelope, EventType};
use contracts::ids::{AdmissionId, EventId, PaymentId, QueueId, UserId};
use contracts::waiting_room::{ADMISSION_AUDIENCE, AdmissionClaims, AdmissionEnd, AdmissionState, QueueState};
use jiff::Timestamp;
use kit::idempotency::IdempotentRequest;
use kit::signed::{Secret, SecretError};
use testkit::{Faults, Pause};

use crate::hall::{Hall, key, size};

const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";
const OTHER: &[u8] = b"fedcba9876543210fedcba9876543210";

/// A secret that is replaced after so many readings, and how often it was read.
#[derive(Clone, Default)]
struct Rotated {
    after: usize,
    readings: Arc<AtomicUsize>,
}

impl SecretSource for Rotated {
    async fn read(&self) -> Result<Secret, SecretError> {
        let before = self.readings.fetch_add(1, Ordering::Relaxed);
        if before < self.after { Secret::new(OTHER, None) } else { Secret::new(SECRET, Some(OTHER)) }
    }
}

fn queue(event_id: EventId, version: u64, era: u32, enabled: bool) -> QueueState {
    QueueState {
        id: QueueId::generate(),
        version,
        event_id,
        enabled,
        era,
        opens_at: Timestamp::UNIX_EPOCH,
        capacity: 10,
        session_seconds: 300,
        pre_queue_minutes: 0,
        seed_hash: String::new(),
    }
}

async fn tell(store: &Store, event_type: EventType, state: &impl serde::Serialize) -> Result<(), String> {
    let data = serde_json::to_value(state).unwrap();
    let event = Envelope { event_type, aggregate_id: "any".into(), version: 1, at: Timestamp::UNIX_EPOCH, data };
    admissions::apply(store, &event).await.map_err(|error| error.to_string())
}

async fn configured(hall: &Hall, queue: &QueueState) {
    tell(&hall.store, EventType::QueueConfigured, queue).await.unwrap();
}

async fn ended(hall: &Hall, user: UserId, id: AdmissionId) {
    let state = AdmissionState {
        id,
        version: 2,
        event_id: hall.performance.event_id,
        user_id: user,
        era: 0,
        expires_at: hall.start.as_second(),
        ended: Some(AdmissionEnd::Left),
    };
    tell(&hall.store, EventType::AdmissionEnded, &state).await.unwrap();
}

async fn hold(
    hall: &Hall,
    store: &Store,
    (user, admission): (UserId, AdmissionId),
    key: Option<&IdempotentRequest>,
    seats: &[&str],
    seconds: i64,
) -> Result<ReservationState, BookingError> {
    let entry = Entry::Admitted(Admission { id: admission, event_id: hall.performance.event_id });
    ask(hall, store, &HoldRequest { user, key, entry }, seats, seconds).await
}

async fn ask(
    hall: &Hall,
    store: &Store,
    request: &HoldRequest<'_>,
    seats: &[&str],
    seconds: i64,
) -> Result<ReservationState, BookingError> {
    let now = hall.at(seconds);
    let sale = hall.sales.get(&hall.store, hall.performance.id, now).await.unwrap();
    let seats: Vec<_> = seats.iter().map(|&seat| seat.to_owned()).collect();
    hold::seats(store, &sale, request, &seats, now).await
}

fn denied(outcome: &Result<ReservationState, BookingError>, reason: Denial) -> bool {
    matches!(outcome, Err(BookingError::AdmissionRequired(why)) if *why == reason)
}

fn buyer() -> (UserId, AdmissionId) {
    (UserId::generate(), AdmissionId::generate())
}

#[tokio::test]
async fn a_token_opens_its_own_sale_to_its_own_account_in_its_own_era() {
    let hall = Hall::open(1, 1, 0).await;
    let (event, (user, id)) = (hall.performance.event_id, buyer());
    let sale = hall.sales.get(&hall.store, hall.performance.id, hall.at(0)).await.unwrap();
    let (secret, source) = (Secret::new(SECRET, None).unwrap(), Rotated::default());
    let tokens = Tokens::new(source.clone());
    let guard = Guard { enabled: true, era: 1, version: 1 };
    let entry =
        async |guard: Guard, token: Option<&str>| tokens.entry(&guard, &sale, user, token, hall.at(0)).await.unwrap();
    assert_eq!(entry(Guard::default(), None).await, Entry::Open);
    assert_eq!(entry(Guard { enabled: false, ..guard }, Some("any")).await, Entry::Open);
    assert_eq!(entry(guard, None).await, Entry::Denied(Denial::Missing));
    assert_eq!(source.readings.load(Ordering::Relaxed), 0, "nobody has shown a token to a guarded sale");

    let exp = hall.at(300).as_second();
    let sound = AdmissionClaims { aud: ADMISSION_AUDIENCE.into(), sub: user, jti: id, evt: event, era: 1, iat: 0, exp };
    let sign = |secret: &Secret, claims: &AdmissionClaims| secret.sign(claims).unwrap();
    let token = sign(&secret, &sound);
    assert_eq!(entry(guard, Some(&token)).await, Entry::Admitted(Admission { id, event_id: event }));
    let forged = sign(&Secret::new(b"another secret of thirty-two bytes", None).unwrap(), &sound);
    let cases = [
        ("text".to_owned(), Denial::Malformed),
        (forged, Denial::Malformed),
        (sign(&secret, &AdmissionClaims { aud: "others".into(), ..sound.clone() }), Denial::Malformed),
        (sign(&secret, &AdmissionClaims { exp: hall.at(0).as_second(), ..sound.clone() }), Denial::Expired),
        (sign(&secret, &AdmissionClaims { sub: UserId::generate(), ..sound.clone() }), Denial::OtherAccount),
        (sign(&secret, &AdmissionClaims { evt: EventId::generate(), ..sound.clone() }), Denial::OtherEvent),
        (sign(&secret, &AdmissionClaims { era: 0, ..sound.clone() }), Denial::Cleared),
    ];
    for (token, reason) in cases {
        assert_eq!(entry(guard, Some(&token)).await, Entry::Denied(reason), "{token}");
    }
    assert_eq!(source.readings.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_rotated_secret_is_noticed_and_forged_tokens_do_not_make_us_read_it_all_the_time() {
    let hall = Hall::open(1, 1, 0).await;
    let (event, (user, jti)) = (hall.performance.event_id, buyer());
    let sale = hall.sales.get(&hall.store, hall.performance.id, hall.at(0)).await.unwrap();
    let source = Rotated { after: 1, ..Rotated::default() };
    let tokens = Tokens::new(source.clone());
    let guard = Guard { enabled: true, era: 0, version: 1 };
    let exp = hall.at(3_600).as_second();
    let claims = AdmissionClaims { aud: ADMISSION_AUDIENCE.into(), sub: user, jti, evt: event, era: 0, iat: 0, exp };
    let of = |secret: &[u8]| Secret::new(secret, None).unwrap().sign(&claims).unwrap();
    let (old, new) = (of(OTHER), of(SECRET));
    let entry = async |token: &str, seconds| {
        let entry = tokens.entry(&guard, &sale, user, Some(token), hall.at(seconds)).await.unwrap();
        (matches!(entry, Entry::Admitted(_)), source.readings.load(Ordering::Relaxed))
    };
    assert_eq!(entry(&old, 0).await, (true, 1));
    assert_eq!(entry(&new, 9).await, (false, 1), "just read");
    assert_eq!(entry(&new, 10).await, (true, 2));
    assert_eq!(entry(&old, 11).await, (true, 2), "signed before the rotation");
    let forged = of(b"another secret of thirty-two bytes");
    for seconds in 11..20 {
        assert_eq!(entry(&forged, seconds).await, (false, 2));
    }
    assert_eq!(entry(&new, 309).await, (true, 2));
    assert_eq!(entry(&new, 310).await, (true, 3));
}

#[tokio::test]
async fn the_latest_news_of_a_queue_counts_in_whatever_order_it_comes() {
    let hall = Hall::open(1, 1, 0).await;
    let event = hall.performance.event_id;
    assert_eq!(hall.store.guard(event).await.unwrap(), Guard::default());
    for version in [2, 1, 3, 3, 2] {
        configured(&hall, &queue(event, version, 0, version != 1)).await;
        let guard = hall.store.guard(event).await.unwrap();
        assert!(guard.enabled && guard.version == version.max(guard.version), "{guard:?}");
    }
    tell(&hall.store, EventType::QueueCleared, &queue(event, 4, 1, true)).await.unwrap();
    assert_eq!(hall.store.guard(event).await.unwrap(), Guard { enabled: true, era: 1, version: 4 });
    configured(&hall, &queue(event, 5, 1, false)).await;
    assert!(!hall.store.guard(event).await.unwrap().enabled);

    let user = UserId::generate();
    let ids: Vec<_> = (0..3).map(|_| AdmissionId::generate()).collect();
    for (id, latest) in [(1, 1), (0, 1), (2, 2), (2, 2), (1, 2)] {
        ended(&hall, user, ids[id]).await;
        assert_eq!(hall.store.ended_admission(event, user).await.unwrap(), Some(ids[latest]));
    }
    assert_eq!(hall.store.ended_admission(event, UserId::generate()).await.unwrap(), None);
    assert!(tell(&hall.store, EventType::QueueConfigured, &"no queue").await.is_err());
    assert!(tell(&hall.store, EventType::AdmissionGranted, &queue(event, 6, 1, true)).await.is_err());
}

/// What a guard costs: a sale that is known is entered without a call, once in two seconds with one.
#[tokio::test]
async fn a_guard_is_at_most_two_seconds_old() {
    let hall = Hall::open(1, 1, 0).await;
    let faults = Faults::none();
    let store = Store::new(hall.table.failing_client(&faults), &hall.table.name);
    let sales = Sales::default();
    let enter = async |seconds| {
        let before = faults.calls();
        let (_, guard) = sales.guarded(&store, hall.performance.id, hall.at(seconds)).await.unwrap();
        (guard.enabled, faults.calls() - before)
    };
    assert_eq!(enter(0).await, (false, 3), "the sale, its layout, the guard");
    configured(&hall, &queue(hall.performance.event_id, 1, 0, true)).await;
    assert_eq!(enter(1).await, (false, 0));
    assert_eq!(enter(2).await, (true, 1));
    assert_eq!(enter(3).await, (true, 0));
    assert_eq!(enter(10).await, (true, 2), "the sale and the guard");
}

/// The figures of the cost card: a guarded hold reads whether the admission is over, beside marking the seats. The book
/// with the admission still fits one write unit.
#[tokio::test]
async fn a_guarded_hold_is_one_read_more_and_none_deeper() {
    let hall = Hall::open(1, 3, 0).await;
    let faults = Faults::none();
    let store = Store::new(hall.table.failing_client(&faults), &hall.table.name);
    let seats: Vec<_> = (12..20).map(|seat| format!("S0R2-{seat}")).collect();
    let seats: Vec<_> = seats.iter().map(String::as_str).collect();
    let who = buyer();
    let reservation = hold(&hall, &store, who, None, &seats, 0).await.unwrap();
    assert_eq!(faults.calls(), 3);
    assert_eq!(reservation.admission.map(|admission| admission.id), Some(who.1));
    assert_eq!(hall.current(&reservation).await, reservation);
    for item in hall.table.items().await {
        if item["pk"].as_s().unwrap().starts_with("usr_") {
            let size = size(&aws_sdk_dynamodb::types::AttributeValue::M(item));
            assert!(size <= 1024, "the book has {size} bytes");
        }
    }
    // Whoever is denied costs nothing, unless they say that they have asked before.
    for (key, calls) in [(None, 0), (Some(key("k", "a")), 1)] {
        let before = faults.calls();
        let request =
            HoldRequest { user: UserId::generate(), key: key.as_ref(), entry: Entry::Denied(Denial::Missing) };
        assert!(denied(&ask(&hall, &store, &request, &["S0R0-0"], 0).await, Denial::Missing));
        assert_eq!(faults.calls() - before, calls);
    }
}

#[tokio::test]
async fn nothing_is_held_by_an_admission_that_is_over() {
    let hall = Hall::open(1, 2, 0).await;
    let (user, first) = buyer();
    ended(&hall, user, first).await;
    for seats in [vec!["S0R0-0"], vec!["S0R0-0", "S0R1-0"]] {
        for key in [None, Some(key("k", "a"))] {
            let outcome = hold(&hall, &hall.store, (user, first), key.as_ref(), &seats, 0).await;
            assert!(denied(&outcome, Denial::Ended), "{outcome:?}");
            assert!(hall.taken(0).await.is_empty(), "its seats are free again at once");
        }
    }
    hall.hold(UserId::generate(), &["S0R0-1"], 0).await.unwrap();
    let lost = hold(&hall, &hall.store, (user, first), None, &["S0R0-1"], 0).await;
    assert!(denied(&lost, Denial::Ended), "whoever may not hold is not told to choose other seats: {lost:?}");
    let second = AdmissionId::generate();
    assert!(hold(&hall, &hall.store, (user, second), None, &["S0R0-0"], 1).await.is_ok());
    assert!(hold(&hall, &hall.store, buyer(), None, &["S0R1-0"], 1).await.is_ok(), "others are not concerned");
}

/// The waiting room's news of a purchase takes a second or two. The book knows at once.
#[tokio::test]
async fn an_admission_is_for_one_purchase_and_repeats_are_answered_after_it() {
    let hall = Hall::open(1, 2, 0).await;
    let (who, key) = (buyer(), key("k", "a"));
    let reservation = hold(&hall, &hall.store, who, Some(&key), &["S0R0-0"], 0).await.unwrap();
    let payment = PaymentId::generate();
    hall.begin(&reservation, payment, 1).await;
    crate::saga::succeed(&hall, &reservation, payment, 2).await;
    let confirmed = hall.current(&reservation).await;

    let outcome = hold(&hall, &hall.store, who, None, &["S0R1-0"], 3).await;
    assert!(denied(&outcome, Denial::Ended), "{outcome:?}");
    assert_eq!(hall.taken(3).await.len(), 1);
    for _ in 0..2 {
        let again = hold(&hall, &hall.store, who, Some(&key), &["S0R0-0"], 4).await.unwrap();
        assert_eq!(again, confirmed);
        ended(&hall, who.0, who.1).await;
    }
    let request = HoldRequest { user: who.0, key: Some(&key), entry: Entry::Denied(Denial::Expired) };
    assert_eq!(ask(&hall, &hall.store, &request, &["S0R0-0"], 600).await.unwrap(), confirmed);
    let other = crate::hall::key("k", "b");
    let request = HoldRequest { key: Some(&other), ..request };
    assert!(matches!(ask(&hall, &hall.store, &request, &["S0R0-1"], 600).await, Err(BookingError::KeyReused)));
    let next = AdmissionId::generate();
    assert!(hold(&hall, &hall.store, (who.0, next), None, &["S0R1-0"], 5).await.is_ok(), "queued again");
}

/// Every seat that is taken belongs to a reservation on record that lives, and the other way round.
async fn seats_and_book_agree(hall: &Hall, user: UserId, seconds: i64) -> bool {
    let book = hall.store.book(hall.book_of(user)).await.unwrap();
    let live = book.reservations.values().filter(|reservation| reservation.status == ReservationStatus::Pending);
    live.map(ReservationState::seat_count).sum::<usize>() == hall.taken(seconds).await.len()
}

/// The same request, twice at once, while its admission ends: wherever the first one is held up, there is a
/// reservation with its seats in the end, or neither.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_requests_at_once_none_gets_on_record_without_its_seats() {
    for seats in [vec!["S0R0-0", "S0R0-1"], vec!["S0R0-0", "S0R1-0"]] {
        for call in 1..10 {
            let hall = Arc::new(Hall::open(1, 2, 0).await);
            let (who, key) = (buyer(), key("k", "a"));
            let pause = Pause::before(call);
            let slow = hall.store_over(hall.table.pausing_client(&pause));
            let (there, slow_key, slow_seats) = (Arc::clone(&hall), key.clone(), seats.clone());
            let slow = tokio::spawn(async move { hold(&there, &slow, who, Some(&slow_key), &slow_seats, 0).await });
            let was_held_up = pause.reached_or(&slow).await;
            if was_held_up {
                ended(&hall, who.0, who.1).await;
                let fast = hold(&hall, &hall.store, who, Some(&key), &seats, 0).await;
                assert!(fast.is_ok() || denied(&fast, Denial::Ended), "call {call}: {fast:?}");
                pause.end();
            }
            let outcome = slow.await.unwrap();
            assert!(outcome.is_ok() || denied(&outcome, Denial::Ended), "call {call}: {outcome:?}");
            assert!(seats_and_book_agree(&hall, who.0, 0).await, "call {call}");
            if !was_held_up {
                assert!(call > 3, "a guarded hold makes three calls");
                break;
            }
        }
    }
}

/// A guarded hold that dies at any call, before or after its effect, and is sent again.
#[tokio::test]
async fn a_guarded_hold_interrupted_anywhere_can_be_sent_again() {
    for is_over in [false, true] {
        for fault in Faults::every(4) {
            let hall = Hall::open(1, 2, 0).await;
            let (who, key) = (buyer(), key("k", "a"));
            if is_over {
                ended(&hall, who.0, who.1).await;
            }
            let faults = Faults::one(fault);
            let dying = Store::new(hall.table.failing_client(&faults), &hall.table.name);
            let first = hold(&hall, &dying, who, Some(&key), &["S0R0-0", "S0R1-0"], 0).await;
            assert_eq!(first.is_err(), is_over || faults.struck(), "{fault:?}");
            let second = hold(&hall, &hall.store, who, Some(&key), &["S0R0-0", "S0R1-0"], 3).await;
            assert_eq!(second.is_ok(), !is_over, "{fault:?}: {second:?}");
            if is_over {
                assert!(denied(&second, Denial::Ended), "{fault:?}: {second:?}");
                // Whoever dies between giving back two blocks leaves the second one to lapse.
                assert!(hall.taken(3).await.len() < 2 && hall.taken(301).await.is_empty(), "{fault:?}");
            } else {
                assert_eq!(hall.taken(3).await.len(), 2, "{fault:?}");
                assert!(seats_and_book_agree(&hall, who.0, 3).await, "{fault:?}");
            }
        }
    }
}
