//! The whole journey, by a thousand people at once: look around, wait in line, look at the seats, hold two, pay, and
//! ask until the reservation is confirmed. Every step is the real function's, every event goes through the real
//! workers. Two kinds of them are left out: those that write to sockets, as nobody is connected, and the alarm of holds,
//! whose five minutes are longer than the run.

use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use contracts::event::{Envelope, EventType};
use contracts::identity::{Locale, Provider, Role, UserState};
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::Barrier;
use tokio::task::JoinSet;
use tokio::time::sleep;
use waiting_room::domain::draw::Key;
use waiting_room::domain::queue::{Keys, Rules};

use super::books::{Books, Money};
use super::{Progress, Size};
use crate::Failure;
use crate::halls::Hall;
use crate::record::Summary;
use crate::stack::Stack;
use crate::users::{Ask, Crowd, User};
use crate::watch::Usage;

/// The functions of the journey: those that are asked, and those behind queues and streams.
pub const FUNCTIONS: [&str; 20] = [
    "list-events",
    "get-event",
    "check-queue",
    "get-seat-map",
    "reserve-seats",
    "request-payment",
    "get-reservation",
    "begin-payment",
    "append-events",
    "charge-payment",
    "settle-reservation",
    "apply-catalog-change",
    "apply-admission-change",
    "apply-sale-news",
    "apply-seats-left",
    "steer-queues",
    "refresh-availability",
    "send-notification",
    "project-sales",
    "apply-popularity",
];

/// How many may be in the sale at once.
const CAPACITY: u32 = 300;

/// Seats in a row, and how many a buyer wants.
const ROW: usize = 50;
const GROUP: usize = 2;

/// Nobody asks more often than this, or waits longer than that for one step.
const POLL: Duration = Duration::from_secs(1);
const PATIENCE: Duration = Duration::from_secs(180);

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// How many people.
    pub users: usize,
    /// From the first request to the last confirmation, in seconds.
    pub seconds: f64,
    /// By step.
    pub steps: std::collections::BTreeMap<String, Summary>,
    /// How many have their tickets.
    pub confirmed: u64,
    /// Answers that should not be: all but success and lost races.
    pub errors: u64,
    /// Of seats.
    pub books: Books,
    /// Of money.
    pub money: Money,
    /// Mails sent.
    pub mails: usize,
    /// Invocations of all functions.
    pub invocations: u64,
    /// Of those, how many failed.
    pub failed_invocations: u64,
    /// Messages that a worker wanted to have again, and streams that were read anew.
    pub repeated: u64,
    /// Messages that were given up.
    pub dead_letters: u64,
    /// Of all functions.
    pub functions: Usage,
    /// Of the services.
    pub services: Usage,
}

/// Runs it.
///
/// # Errors
/// When the application does not work.
pub async fn run(stack: &Stack, size: Size) -> Result<Report, Failure> {
    let rows = (size.users * GROUP * 3 / 2).div_ceil(ROW).max(10);
    let hall = Hall::published(stack, rows, ROW).await?;
    let crowd = Crowd::new(&stack.url, &stack.tokens)?;
    let people = (0..size.users).map(|_| crowd.user()).collect::<Result<Vec<_>, _>>()?;
    tell_of_people(stack, &people).await?;
    open(stack, &crowd, &hall).await?;

    let _progress = Progress::of("journey", &crowd.record);
    let barrier = Arc::new(Barrier::new(size.users + 1));
    let mut tasks = JoinSet::new();
    for user in people {
        let barrier = Arc::clone(&barrier);
        tasks.spawn(async move {
            barrier.wait().await;
            journey(&user, hall).await
        });
    }
    // Before the shot: whoever waits for a processor after it would otherwise have begun earlier than the clock.
    let began = Instant::now();
    barrier.wait().await;
    let (mut confirmed, mut stuck) = (0, Vec::new());
    while let Some(ended) = tasks.join_next().await {
        match ended? {
            Ok(()) => confirmed += 1,
            Err(error) => stuck.push(error.to_string()),
        }
    }
    let seconds = began.elapsed().as_secs_f64();
    if let Some(first) = stuck.first() {
        eprintln!("  {} people did not get through; the first: {first}", stuck.len());
    }
    mailed(stack, confirmed).await?;
    let steps = crowd.record.summaries();
    let errors = steps.values().map(|step| step.other_than(&[200, 201, 202, 409])).sum();
    let counts: Vec<_> = stack.pools.values().map(|pool| pool.counts()).collect();
    Ok(Report {
        users: size.users,
        seconds,
        steps,
        confirmed,
        errors,
        books: Books::of(&stack.dynamodb, &hall).await?,
        money: Money::of(stack).await?,
        mails: stack.aws.mails().await?,
        invocations: counts.iter().map(|(all, _)| all).sum(),
        failed_invocations: counts.iter().map(|(_, failed)| failed).sum(),
        repeated: stack.pools.values().map(|pool| pool.repeated()).sum(),
        dead_letters: stack.dead_letters().await?,
        functions: Usage::of(&stack.function_pids()),
        services: Usage::of(&stack.aws.pid().into_iter().collect::<Vec<_>>()),
    })
}

/// Tells notifications of these people, as identity would: nobody can be mailed without an address. Registering a
/// thousand accounts would measure how passwords are hashed.
async fn tell_of_people(stack: &Stack, people: &[User]) -> Result<(), Failure> {
    let queue = format!("{}/000000000000/notifications", stack.aws.endpoints.services);
    for (at, user) in people.iter().enumerate() {
        let state = UserState {
            id: user.id.parse()?,
            version: 1,
            email: format!("buyer-{at}@example.com"),
            name: format!("Buyer {at}"),
            provider: Provider::Local,
            profile_image: None,
            role: Role::Buyer,
            locale: Locale::Ko,
        };
        let news = Envelope {
            event_type: EventType::UserRegistered,
            aggregate_id: user.id.clone(),
            version: 1,
            at: Timestamp::now(),
            data: serde_json::to_value(state)?,
        };
        stack.sqs.send_message().queue_url(&queue).message_body(serde_json::to_string(&news)?).send().await?;
    }
    Ok(())
}

/// Guards the sale, and waits until everybody knows of it: booking of the hall and its guard, the waiting room of the
/// event.
async fn open(stack: &Stack, crowd: &Crowd, hall: &Hall) -> Result<(), Failure> {
    let store = waiting_room::dynamodb::Store::new(stack.dynamodb.clone(), "WaitingRoomTable");
    let rules = Rules {
        enabled: true,
        opens_at: Timestamp::now() - SignedDuration::from_secs(60),
        capacity: CAPACITY,
        session_seconds: 600,
        pre_queue_minutes: 30,
    };
    let keys = || Keys { seed: random_key(), ticket_key: random_key() };
    let visitor = crowd.anew().user()?;
    within(PATIENCE, "the waiting room hears of the event", || async {
        let configured =
            waiting_room::manage::configure(&store, hall.event, rules, None, &keys(), Timestamp::now()).await;
        configured.is_ok()
    })
    .await?;
    let map = map_path(hall);
    within(PATIENCE, "booking hears of the performance", || async { visitor.get("map", &map).await.status == 200 })
        .await?;
    let body = json!({"performanceId": hall.performance, "seatIds": [Hall::seat(1, 1)]});
    within(PATIENCE, "booking hears of the guard", || async {
        visitor.post("hold", "/api/v1/seats/reserve", &body).await.status == 403
    })
    .await
}

fn random_key() -> Key {
    Key::new(std::array::from_fn(|_| fastrand::u8(..)))
}

async fn journey(user: &User, hall: Hall) -> Result<(), Failure> {
    let list = user.get("browse", "/api/v1/events").await;
    expect(&list, 200)?;
    expect(&user.get("event", &format!("/api/v1/events/{}", hall.event)).await, 200)?;
    let admission = admitted(user, hall).await?;
    let reservation = held(user, hall, &admission).await?;
    let key = format!("ok_{}", uuid::Uuid::now_v7());
    let order = json!({"reservationId": reservation, "method": "CARD", "paymentKey": key});
    expect(&user.post("pay", "/api/v1/payments", &order).await, 202)?;
    let path = format!("/api/v1/reservations/{reservation}");
    within(PATIENCE, "the reservation is confirmed", || async {
        user.get("ask", &path).await.body["status"] == "CONFIRMED"
    })
    .await
}

/// Waits in line; answers with the token of the admission.
async fn admitted(user: &User, hall: Hall) -> Result<String, Failure> {
    let path = format!("/api/v1/queue/check/{}", hall.event);
    let mut ticket: Option<String> = None;
    let began = Instant::now();
    loop {
        let header = ticket.as_deref().map(|ticket| ("x-queue-ticket", ticket));
        let answer = user.ask("queue", Method::POST, &path, Ask { body: None, header }).await;
        expect(&answer, 200)?;
        if let Some(token) = answer.body["admissionToken"].as_str() {
            return Ok(token.to_owned());
        }
        if began.elapsed() > PATIENCE {
            return Err(format!("not admitted: {}", answer.body).into());
        }
        ticket = answer.body["ticket"].as_str().map(str::to_owned).or(ticket);
        let pause = answer.body["pollAfterSeconds"].as_u64().unwrap_or(1);
        sleep(Duration::from_secs(pause)).await;
    }
}

/// Looks at the seats and takes two side by side that are free; again, when others were faster.
async fn held(user: &User, hall: Hall, admission: &str) -> Result<String, Failure> {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        let map = user.get("map", &map_path(&hall)).await;
        expect(&map, 200)?;
        let groups = free_groups(&map.body["availability"]["blocks"]);
        if groups.is_empty() {
            return Err("nothing is left".into());
        }
        let (row, first) = groups[fastrand::usize(..groups.len())];
        let seats: Vec<_> = (first..first + GROUP).map(|number| Hall::seat(row, number)).collect();
        let body = json!({"performanceId": hall.performance, "seatIds": seats});
        let header = Some(("x-admission-token", admission));
        let answer = user.ask("hold", Method::POST, "/api/v1/seats/reserve", Ask { body: Some(&body), header }).await;
        if answer.status == 409 && answer.body["code"] == "seats_unavailable" {
            continue;
        }
        expect(&answer, 201)?;
        return Ok(answer.body["id"].as_str().ok_or("a hold without an id")?.to_owned());
    }
    Err("others were faster again and again".into())
}

/// The free groups in a map: the row and the number of the first seat.
fn free_groups(blocks: &Value) -> Vec<(usize, usize)> {
    let mut groups = Vec::new();
    for (block, packed) in blocks.as_object().into_iter().flatten() {
        let Some(row) = block.strip_prefix('R').and_then(|row| row.parse().ok()) else { continue };
        let Some(bytes) = packed.as_str().and_then(|packed| STANDARD.decode(packed).ok()) else { continue };
        let is_free = |at: usize| bytes.get(at / 4).is_some_and(|byte| byte >> (at % 4 * 2) & 0b11 == 0);
        let firsts = (0..ROW).step_by(GROUP).filter(|&first| (first..first + GROUP).all(is_free));
        groups.extend(firsts.map(|first| (row, first + 1)));
    }
    groups
}

fn map_path(hall: &Hall) -> String {
    format!("/api/v1/seats/events/{}?performanceId={}", hall.event, hall.performance)
}

fn expect(answer: &crate::users::Answer, status: u16) -> Result<(), Failure> {
    if answer.status == status { Ok(()) } else { Err(format!("{status} expected: {answer:?}").into()) }
}

/// Waits until every confirmation was mailed.
async fn mailed(stack: &Stack, confirmed: u64) -> Result<(), Failure> {
    let wanted = usize::try_from(confirmed)?;
    within(PATIENCE, "every confirmation is mailed", || async {
        stack.aws.mails().await.is_ok_and(|sent| sent >= wanted)
    })
    .await
}

async fn within<F>(patience: Duration, what: &str, attempt: impl Fn() -> F) -> Result<(), Failure>
where
    F: Future<Output = bool>,
{
    let began = Instant::now();
    while !attempt().await {
        if began.elapsed() > patience {
            return Err(format!("{what}: not within {} s", patience.as_secs()).into());
        }
        sleep(POLL).await;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_a_map_are_free_as_a_whole() {
        // Seat 1 held, seat 3 sold; everything else free.
        let mut bytes = vec![0_u8; ROW.div_ceil(4)];
        bytes[0] = 0b0010_0001;
        let groups = free_groups(&json!({"R7": STANDARD.encode(bytes), "closed": "////"}));
        assert_eq!(groups.len(), ROW / GROUP - 2);
        assert_eq!(groups[0], (7, 5));
    }
}
