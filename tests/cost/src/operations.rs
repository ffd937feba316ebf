//! What one request costs by itself.

use std::time::{Duration, Instant};

use booking::admissions::{SecretSource, Tokens};
use booking::domain::mark::Mark;
use booking::dynamodb::Change;
use contracts::ids::{ReservationId, UserId};
use jiff::Timestamp;
use kit::signed::{Secret, SecretError};
use realtime::changes::Nobody;
use realtime::connect::connect;
use realtime::rooms::Rooms;
use serde_json::{Value, json};

use crate::Failure;
use crate::card::{Card, Row, noted};
use crate::prices::Prices;
use crate::pump::Fill;
use crate::request::Request;
use crate::stage::{Sale, Stage, buyer, seat};
use crate::world::{Answer, Step, World, ask, booking_app, finder};

/// Memories are made with a stamp that is so far ahead, and so are good for that much longer: for as long before their
/// stamp as after it.
const AHEAD: Duration = Duration::from_millis(900);

/// How long after its making the memory of a waiting room, a map or a list may have been used: functions keep them for
/// a second.
const A_SECOND: Duration = Duration::from_millis(1_850);

/// The same for who guards a sale, which is kept for two.
const TWO_SECONDS: Duration = Duration::from_millis(2_850);

/// The same for the terms of a sale.
const TERMS_KEPT: Duration = Duration::from_millis(9_500);

/// How often something is measured again, on a machine that does other things too.
const TRIES: usize = 8;

/// How many people stand in line before the one who waits.
const AHEAD_IN_LINE: usize = 3;

/// How many people watch the seats of a performance.
const VIEWERS: usize = 100;

/// The secret of admissions, without asking Secrets Manager: an environment does that once in five minutes.
#[derive(Debug, Clone, Copy)]
pub struct Known;

impl SecretSource for Known {
    async fn read(&self) -> Result<Secret, SecretError> {
        Secret::new(b"0123456789abcdef0123456789abcdef", None)
    }
}

type Measured = Result<(Answer, Step), Failure>;

/// The stamp of a memory that is made now.
fn ahead() -> Timestamp {
    Timestamp::now().checked_add(AHEAD).unwrap_or(Timestamp::MAX)
}

/// Measures what a warm execution environment does. The attempt warms it, and says since when it is; one that took so
/// long that the environment may have forgotten meanwhile is made again.
async fn within(kept: Duration, mut attempt: impl AsyncFnMut(usize, &mut Instant) -> Measured) -> Measured {
    for number in 0..TRIES {
        let mut since = Instant::now();
        let measured = attempt(number, &mut since).await?;
        if since.elapsed() < kept {
            return Ok(measured);
        }
    }
    Err("this machine is too slow to measure what is kept for a second".into())
}

/// Measures every operation.
///
/// # Errors
/// When one does not do what it is measured for.
pub async fn measure(world: &mut World, stage: &Stage, card: &mut Card) -> Result<(), Failure> {
    let prices = &Prices::read()?;
    let mut note = |name: &str, step: Step| -> Result<(), Failure> {
        card.operations.push(noted(Row::of(name, &[step], prices)?));
        Ok(())
    };
    let theatre = &stage.theatre;
    let alone = |number| vec![seat(0, number)];
    note("hold 1 seat", within(TWO_SECONDS, async |n, _| hold(world, theatre, &alone(n), None).await).await?.1)?;
    // Every attempt wants other seats: six fit into a block, then it is another block's turn.
    let block = |n: usize| (0..8).map(|at| seat(1 + n / 6 * 6, n % 6 * 8 + at)).collect::<Vec<_>>();
    let (_, step) = within(TWO_SECONDS, async |n, _| hold(world, theatre, &block(n), None).await).await?;
    note("hold 8 seats of one block", step)?;
    let apart = |n: usize| vec![seat(2, n), seat(3, n), seat(4, n)];
    note(
        "hold 3 seats of three blocks",
        within(TWO_SECONDS, async |n, _| hold(world, theatre, &apart(n), None).await).await?.1,
    )?;
    let guarded = &stage.guarded;
    let (_, step) = within(TWO_SECONDS, async |n, since| {
        let user = UserId::generate();
        let token = check(world, guarded, user, None).await?.0.text("admissionToken")?;
        *since = Instant::now();
        hold_as(world, guarded, user, &alone(n), Some(&token), 201).await
    })
    .await?;
    note("hold 1 seat, guarded by a waiting room", step)?;
    let lost =
        async |_: usize, _: &mut Instant| hold_as(world, theatre, UserId::generate(), &alone(0), None, 409).await;
    note("lose the race for a seat", within(TWO_SECONDS, lost).await?.1)?;
    let best = within(TWO_SECONDS, async |_, _| reserve(world, &stage.second, 4).await).await?;
    note("hold the best 4 seats left of 400", best.1)?;
    note("hold 2 admissions", within(TWO_SECONDS, async |_, _| reserve(world, &stage.club, 2).await).await?.1)?;
    let user = UserId::generate();
    let held = hold_as(world, theatre, user, &[seat(5, 0)], None, 201).await?.0.text("id")?;
    let request = Request::by(user).at("reservationId", held);
    let handle = |call| booking_functions::release_hold::handle(&world.booking, call);
    note("release 1 seat", ask(&world.cloud, "release-hold", request, 204, handle).await?.1)?;

    fill(world, &stage.arena).await?;
    let cold = booking_app(&world.config);
    let (_, step) = map(world, &cold, &stage.arena).await?;
    let uncached_terms = step.clone();
    let (_, step) = within(TERMS_KEPT, async |_, since| {
        let known = booking_app(&world.config);
        known.sales.open(&known.store, stage.arena.performance, Timestamp::now()).await?;
        *since = Instant::now();
        map(world, &known, &stage.arena).await
    })
    .await?;
    note("seat map, 20,000 seats all taken, nothing cached", step)?;
    let (_, step) = within(A_SECOND, async |_, since| {
        let known = booking_app(&world.config);
        known.sales.open(&known.store, stage.arena.performance, Timestamp::now()).await?;
        *since = Instant::now();
        known.snapshots.get(&known.store, stage.arena.performance, ahead()).await?;
        map(world, &known, &stage.arena).await
    })
    .await?;
    note("seat map, 20,000 seats, cached", step)?;
    note("seat map, 20,000 seats, by a new environment", uncached_terms)?;
    people(world, stage, card, prices).await
}

/// Operations of the catalogue, the waiting room, accounts and the WebSocket.
async fn people(world: &mut World, stage: &Stage, card: &mut Card, prices: &Prices) -> Result<(), Failure> {
    let mut note = |name: &str, step: Step| -> Result<(), Failure> {
        card.operations.push(noted(Row::of(name, &[step], prices)?));
        Ok(())
    };
    let request = || Request::anonymous().at("eventId", stage.theatre.event);
    let handle = |call| catalog_functions::get_event::handle(&world.catalog, call);
    note("event", ask(&world.cloud, "get-event", request(), 200, handle).await?.1)?;
    for (name, query) in [("list of events", ""), ("search", "q=seagull")] {
        let listed = within(A_SECOND, async |_, since| {
            let known = finder(&world.config);
            *since = Instant::now();
            known.search.warm_up(ahead()).await;
            let handle = |call| catalog_functions::list_events::handle(&known, call);
            ask(&world.cloud, "list-events", Request::anonymous().query(query), 200, handle).await
        });
        note(&format!("{name}, within the second"), listed.await?.1)?;
    }
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    world.finder.search.warm_up(Timestamp::now()).await;
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let handle = |call| catalog_functions::list_events::handle(&world.finder, call);
    note(
        "list of events, a second later",
        ask(&world.cloud, "list-events", Request::anonymous(), 200, handle).await?.1,
    )?;

    let admitted = within(A_SECOND, async |_, since| {
        steer(world).await?;
        *since = Instant::now();
        world.desk.rooms.get(&world.desk.store, stage.guarded.event, ahead()).await?;
        check(world, &stage.guarded, UserId::generate(), None).await
    });
    note("queue: come in", admitted.await?.1)?;
    let waiting = UserId::generate();
    crowd(world, &stage.crowded).await?;
    let join = within(A_SECOND, async |_, since| {
        steer(world).await?;
        *since = Instant::now();
        world.desk.rooms.get(&world.desk.store, stage.crowded.event, ahead()).await?;
        check(world, &stage.crowded, waiting, None).await
    });
    let (answer, step) = join.await?;
    note("queue: get in line", step)?;
    let ticket = answer.text("ticket")?;
    let poll = within(A_SECOND, async |_, since| {
        steer(world).await?;
        *since = Instant::now();
        world.desk.rooms.get(&world.desk.store, stage.crowded.event, ahead()).await?;
        check(world, &stage.crowded, waiting, Some(&ticket)).await
    });
    note("queue: poll of somebody who waits", poll.await?.1)?;
    let status = async |keep: bool| {
        if keep {
            world.watch.rooms.get(&world.watch.store, stage.crowded.event, ahead()).await?;
        }
        let request = Request::anonymous().at("eventId", stage.crowded.event).header("x-queue-ticket", ticket.as_str());
        let handle = |call| waiting_room_functions::get_queue_status::handle(&world.watch, call);
        ask(&world.cloud, "get-queue-status", request, 200, handle).await
    };
    note("queue: status, within the second", within(A_SECOND, async |_, _| status(true).await).await?.1)?;
    tokio::time::sleep(A_SECOND + AHEAD).await;
    note("queue: status, a second later", status(false).await?.1)?;

    let (_, session) = buyer(world, "session").await?;
    let body = json!({"email": "session@example.com", "password": "correct horse battery"});
    let handle = |call| identity_functions::log_in::handle(&world.sessions, &world.origin, call);
    note("log in", ask(&world.cloud, "log-in", Request::anonymous().body(&body), 200, handle).await?.1)?;
    let body = json!({"refreshToken": session["refreshToken"]});
    let handle = |call| identity_functions::refresh_session::handle(&world.sessions, call);
    note(
        "refresh a session",
        ask(&world.cloud, "refresh-session", Request::anonymous().body(&body), 200, handle).await?.1,
    )?;
    broadcast(world, stage, card, prices).await
}

/// A hundred people watch seats, and somebody holds one.
async fn broadcast(world: &mut World, stage: &Stage, card: &mut Card, prices: &Prices) -> Result<(), Failure> {
    let store = world.realtime();
    let rooms = Rooms::new(store.clone(), Nobody);
    for viewer in 0..VIEWERS {
        let (id, now) = (format!("viewer-{viewer}"), Timestamp::now());
        connect(&store, id.clone(), None, now).await?;
        let connection = store.connection(&id).await?.ok_or("a connection that is not there")?;
        rooms.watch_seats(&connection, stage.guarded.performance, now).await?;
    }
    let user = UserId::generate();
    let token = check(world, &stage.guarded, user, None).await?.0.text("admissionToken")?;
    let (_, step) = hold_as(world, &stage.guarded, user, &[seat(7, 7)], Some(&token), 201).await?;
    let steps = world.settle(vec![step], Fill::Rush).await?;
    let told: Vec<_> = steps.into_iter().filter(|step| step.function == "broadcast-changes").collect();
    card.operations.push(noted(Row::of("tell 100 people who watch that a seat was taken", &told, prices)?));
    for viewer in 0..VIEWERS {
        realtime::connect::disconnect(&store, &Nobody, &format!("viewer-{viewer}"), Timestamp::now()).await?;
    }
    Ok(())
}

async fn hold(world: &World, sale: &Sale, seats: &[String], token: Option<&str>) -> Measured {
    hold_as(world, sale, UserId::generate(), seats, token, 201).await
}

/// Holds seats, by an environment that knows the sale.
///
/// # Errors
/// When the answer is another one.
pub async fn hold_as(
    world: &World,
    sale: &Sale,
    user: UserId,
    seats: &[String],
    token: Option<&str>,
    status: u16,
) -> Measured {
    let app = &*world.booking;
    app.sales.guarded(&app.store, sale.performance, ahead()).await?;
    let body = json!({"performanceId": sale.performance, "seatIds": seats});
    let mut request = Request::by(user).body(&body).header("idempotency-key", UserId::generate().to_string());
    if let Some(token) = token {
        request = request.header("x-admission-token", token);
    }
    let tokens = Tokens::new(Known);
    let handle = |call| booking_functions::reserve_seats::handle(app, &tokens, call);
    ask(&world.cloud, "reserve-seats", request, status, handle).await
}

/// Holds the best that is left, by an environment that knows the sale.
async fn reserve(world: &World, sale: &Sale, quantity: usize) -> Measured {
    let app = &*world.booking;
    app.sales.guarded(&app.store, sale.performance, ahead()).await?;
    let items = json!([{"ticketTypeId": sale.ticket_type, "quantity": quantity}]);
    let request = Request::by(UserId::generate()).body(&json!({"performanceId": sale.performance, "items": items}));
    let request = request.header("idempotency-key", UserId::generate().to_string());
    let tokens = Tokens::new(Known);
    let handle = |call| booking_functions::create_reservation::handle(app, &tokens, call);
    ask(&world.cloud, "create-reservation", request, 201, handle).await
}

async fn map(world: &World, app: &booking_functions::App, sale: &Sale) -> Measured {
    let request = Request::anonymous().at("eventId", sale.event).query(format!("performanceId={}", sale.performance));
    let handle = |call| booking_functions::get_seat_map::handle(app, call);
    ask(&world.cloud, "get-seat-map", request, 200, handle).await
}

/// Asks to come in, with or without a ticket.
///
/// # Errors
/// When the waiting room does not answer.
pub async fn check(world: &World, sale: &Sale, user: UserId, ticket: Option<&str>) -> Measured {
    let body: Value = ticket.map_or_else(|| json!({}), |ticket| json!({"ticket": ticket}));
    let request = Request::by(user).at("eventId", sale.event).body(&body);
    let handle = |call| waiting_room_functions::check_queue::handle(&world.desk, call);
    ask(&world.cloud, "check-queue", request, 200, handle).await
}

/// Asks to come in without a ticket, of an environment that knows the queue.
///
/// # Errors
/// When the waiting room gives another answer.
pub async fn arrive(world: &World, sale: &Sale, user: UserId, status: &str) -> Measured {
    world.desk.rooms.get(&world.desk.store, sale.event, ahead()).await?;
    let (answer, step) = check(world, sale, user, None).await?;
    if answer.body["status"] == status {
        Ok((answer, step))
    } else {
        Err(format!("not {status}: {}", answer.body).into())
    }
}

/// Plans a queue that may sleep, as it does when nobody has moved in it for a minute: whoever asks next wakes it.
///
/// # Errors
/// When the waiting room does not answer.
pub async fn wake(world: &mut World, sale: &Sale) -> Result<(), Failure> {
    check(world, sale, UserId::generate(), None).await?;
    steer(world).await?;
    // Soon after that one, the environment would take several numbers for the next at once.
    tokio::time::sleep(Duration::from_millis(2_100)).await;
    Ok(())
}

/// The next round of every queue, as one comes every second while somebody wants in: plans are new then.
async fn steer(world: &mut World) -> Result<(), Failure> {
    drop(world.settle(Vec::new(), Fill::Rush).await?);
    world.deliver_delayed("steering", &mut Vec::new(), Fill::Alone).await
}

/// Somebody takes the only place of the sale, and others stand in line.
async fn crowd(world: &mut World, sale: &Sale) -> Result<(), Failure> {
    let inside = UserId::generate();
    let mut ticket: Option<String> = None;
    for _ in 0..TRIES {
        let (answer, _) = check(world, sale, inside, ticket.as_deref()).await?;
        if answer.body["status"] == "ADMITTED" {
            for _ in 0..AHEAD_IN_LINE {
                check(world, sale, UserId::generate(), None).await?;
            }
            return Ok(());
        }
        ticket = Some(answer.text("ticket")?);
        steer(world).await?;
        // What the environment remembers of the queue is older than its plan.
        tokio::time::sleep(Duration::from_millis(1_100)).await;
    }
    Err("nobody is let into an empty sale".into())
}

/// Takes every seat: the most that a map can be.
async fn fill(world: &World, sale: &Sale) -> Result<(), Failure> {
    let store = &world.booking.store;
    let now = Timestamp::now().as_second();
    let hall = world.booking.sales.open(store, sale.performance, Timestamp::now()).await?;
    for block in 0..hall.blocks.len() {
        let places: Vec<_> = (0..hall.blocks[block].seats.len()).map(|slot| (block, slot)).collect();
        let lines = hall.lines(&places).map_err(|_| "a seat that is not for sale")?;
        let change = Change::Take { mark: Mark::sold(ReservationId::generate()), now };
        store.mark(sale.performance, &lines, change).await?.map_err(|_| "a seat is taken")?;
    }
    Ok(())
}
