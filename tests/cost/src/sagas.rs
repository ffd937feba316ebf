//! A request, and everything that follows from it until nothing more does.

use contracts::ids::UserId;
use serde_json::{Value, json};

use crate::Failure;
use crate::card::{Card, Row, noted, rounded};
use crate::operations::{arrive, hold_as, wake};
use crate::prices::Prices;
use crate::pump::Fill;
use crate::request::Request;
use crate::stage::{Sale, Stage, buyer, seat};
use crate::world::{Step, Trigger, World, ask};

/// How many book at the same time in a rush. As many as the stage has for them, and more than any batch of a queue
/// holds.
const AT_ONCE: usize = 40;

/// The functions that a payment needs to come to its mail. The others show it to people: what is left, who watches, what
/// was sold, what is popular.
const SAGA: [&str; 5] =
    ["request-payment", "append-events", "charge-payment", "settle-reservation", "send-notification"];

/// How often somebody looks at the seats before choosing.
const LOOKS: f64 = 3.0;

/// How often somebody who waits in line asks how far it is.
const POLLS: f64 = 20.0;

/// Measures what follows from holding, paying and cancelling.
///
/// # Errors
/// When a step does not do what it is measured for.
pub async fn measure(world: &mut World, stage: &Stage, card: &mut Card) -> Result<(), Failure> {
    let prices = &Prices::read()?;
    let theatre = &stage.theatre;
    // What the operations left behind: records that nobody has read, holds whose alarms will ring in minutes.
    drop(world.settle(Vec::new(), Fill::Rush).await?);
    world.delayed.retain(|queue, _| queue == "steering");
    let (card_buyer, _) = buyer(world, "card").await?;
    let (held, id) = hold(world, theatre, card_buyer, &[seat(6, 0), seat(6, 1)]).await?;
    card.sagas.push(noted(Row::of("hold, and what follows", &held, prices)?));
    let paid = pay(world, card_buyer, &id, json!({"method": "CARD", "paymentKey": "ok_card"})).await?;
    card.sagas.push(noted(Row::part("pay by card until the mail: the saga itself", &paid, &SAGA, prices)?));
    card.sagas.push(noted(Row::of("pay by card until the mail, and what follows", &paid, prices)?));
    for step in &paid {
        let row = Row::of(&step.function, std::slice::from_ref(step), prices)?;
        card.steps.push(row);
    }
    card.operations.push(noted(Row::of("enter payment, 2 seats", &[begun(&paid)?], prices)?));
    let settled = paid.iter().find(|step| step.function == "settle-reservation").cloned();
    let settled = settled.ok_or("a payment that was not settled")?;
    card.operations.push(noted(Row::of("sell 2 seats", &[settled], prices)?));
    let cancelled = cancel(world, card_buyer, &id).await?;
    card.sagas.push(noted(Row::of("cancel, refund and mail, and what follows", &cancelled, prices)?));

    let (points_buyer, _) = buyer(world, "points").await?;
    let charged = charge_points(world, points_buyer, 300_000).await?;
    card.sagas.push(noted(Row::of("buy points", &charged, prices)?));
    let (_, id) = hold(world, theatre, points_buyer, &[seat(6, 2), seat(6, 3)]).await?;
    let paid = pay(world, points_buyer, &id, json!({"method": "POINT"})).await?;
    card.sagas.push(noted(Row::of("pay with points until the mail, and what follows", &paid, prices)?));
    let (mixed_buyer, _) = buyer(world, "mixed").await?;
    charge_points(world, mixed_buyer, 50_000).await?;
    let (_, id) = hold(world, theatre, mixed_buyer, &[seat(6, 4), seat(6, 5)]).await?;
    let mixed = json!({"method": "MIXED", "pointAmount": 30_000, "paymentKey": "ok_mixed"});
    let paid = pay(world, mixed_buyer, &id, mixed).await?;
    card.sagas.push(noted(Row::of("pay with both until the mail, and what follows", &paid, prices)?));

    let (left, id) = hold(world, theatre, card_buyer, &[seat(6, 6)]).await?;
    drop(left);
    let request = Request::by(card_buyer).at("reservationId", &id);
    let handle = |call| booking_functions::release_hold::handle(&world.booking, call);
    let (_, step) = ask(&world.cloud, "release-hold", request, 204, handle).await?;
    let mut released = world.settle(vec![step], Fill::Alone).await?;
    world.deliver_delayed("expirations", &mut released, Fill::Alone).await?;
    card.sagas.push(noted(Row::of("release a hold, and what follows", &released, prices)?));
    rush(world, stage, card, prices).await
}

/// What was invoked to begin the payment of these steps.
fn begun(steps: &[Step]) -> Result<Step, Failure> {
    let function = "begin-payment".to_owned();
    let asked = steps.first().ok_or("a payment that was not asked for")?;
    let calls = asked.calls.iter().filter(|call| call.function == function).cloned().collect();
    Ok(Step { function, trigger: Trigger::Function, after: None, calls, answered: 0 })
}

/// Many come at once to a sale behind a waiting room: batches are as full as that makes them. They stand in line for
/// another one, which is full.
async fn rush(world: &mut World, stage: &Stage, card: &mut Card, prices: &Prices) -> Result<(), Failure> {
    let mut people = Vec::with_capacity(AT_ONCE);
    for number in 0..AT_ONCE {
        people.push(buyer(world, &format!("rush-{number}")).await?.0);
    }
    let one = |what: &str, steps: &[Step]| -> Result<Row, Failure> {
        Ok(noted(Row::share(&format!("{what}, one of {AT_ONCE} at once"), steps, AT_ONCE, prices)?))
    };
    let mut steps = Vec::new();
    wake(world, &stage.crowded).await?;
    for &user in &people {
        steps.push(arrive(world, &stage.crowded, user, "WAITING").await?.1);
    }
    let lined = one("get in line", &world.settle(steps, Fill::Rush).await?)?;
    let (mut steps, mut tokens) = (Vec::new(), Vec::new());
    wake(world, &stage.guarded).await?;
    for &user in &people {
        let (answer, step) = arrive(world, &stage.guarded, user, "ADMITTED").await?;
        tokens.push(answer.text("admissionToken")?);
        steps.push(step);
    }
    let came_in = one("come in", &world.settle(steps, Fill::Rush).await?)?;

    let mut steps = Vec::new();
    let mut reservations = Vec::new();
    for (number, (&user, token)) in people.iter().zip(&tokens).enumerate() {
        let seats = [seat(3, number)];
        let (answer, step) = hold_as(world, &stage.guarded, user, &seats, Some(token), 201).await?;
        reservations.push(answer.text("id")?);
        steps.push(step);
    }
    let held = one("hold behind a waiting room", &world.settle(steps, Fill::Rush).await?)?;
    let mut steps = Vec::new();
    for (user, reservation) in people.iter().zip(&reservations) {
        let how = json!({"method": "CARD", "paymentKey": format!("ok_{user}")});
        steps.push(request_payment(world, *user, reservation, how).await?);
    }
    let mut paid = world.settle(steps, Fill::Rush).await?;
    world.deliver_delayed("expirations", &mut paid, Fill::Rush).await?;
    for (user, reservation) in people.iter().zip(&reservations) {
        confirmed(world, *user, reservation).await?;
    }
    // The next round of their queue gives their places on.
    let event = stage.guarded.event.to_string();
    world.delayed.entry("steering".to_owned()).or_default().retain(|round| round.contains(&event));
    world.deliver_delayed("steering", &mut paid, Fill::Rush).await?;
    if !paid.iter().any(|step| step.function == "steer-queues") {
        return Err("the queue has no next round".into());
    }
    let paid = one("pay by card behind a waiting room", &paid)?;
    let rush = [lined, came_in, held, paid];
    card.journey_usd_per_million = journey(card, &rush)?;
    card.sagas.extend(rush);
    Ok(())
}

/// A buyer's way: list, event, questions of the line, seats; and of a rush a place in line, coming in, hold, payment, mail.
fn journey(card: &Card, rush: &[Row]) -> Result<f64, Failure> {
    let price = |name: &str| {
        let row = card.operations.iter().find(|row| row.name == name);
        row.map(|row| row.usd_per_million).ok_or_else(|| format!("{name} was not measured"))
    };
    let asked = price("list of events, within the second")?
        + price("event")?
        + POLLS * price("queue: poll of somebody who waits")?
        + LOOKS * price("seat map, 20,000 seats, cached")?;
    Ok(rounded(asked + rush.iter().map(|row| row.usd_per_million).sum::<f64>()))
}

/// Holds seats; what that and all that follows took, and the reservation's id. Its alarm rings after it was paid.
async fn hold(world: &mut World, sale: &Sale, user: UserId, seats: &[String]) -> Result<(Vec<Step>, String), Failure> {
    let (answer, step) = hold_as(world, sale, user, seats, None, 201).await?;
    let steps = world.settle(vec![step], Fill::Alone).await?;
    Ok((steps, answer.text("id")?))
}

async fn request_payment(world: &World, user: UserId, reservation: &str, how: Value) -> Result<Step, Failure> {
    let mut body = how;
    body["reservationId"] = reservation.into();
    let request = Request::by(user).body(&body).header("idempotency-key", UserId::generate().to_string());
    let handle = |call| payments_functions::request_payment::handle(&world.payment, call);
    Ok(ask(&world.cloud, "request-payment", request, 202, handle).await?.1)
}

async fn pay(world: &mut World, user: UserId, reservation: &str, how: Value) -> Result<Vec<Step>, Failure> {
    let step = request_payment(world, user, reservation, how).await?;
    let mut steps = world.settle(vec![step], Fill::Alone).await?;
    world.deliver_delayed("expirations", &mut steps, Fill::Alone).await?;
    confirmed(world, user, reservation).await?;
    Ok(steps)
}

async fn charge_points(world: &mut World, user: UserId, amount: i64) -> Result<Vec<Step>, Failure> {
    let store = payments::store::Store::new(world.tables(), "PaymentsTable");
    let app = payments::points::ChargePoints::new(store);
    let body = json!({"amount": amount, "paymentKey": format!("ok_{user}")});
    let request = Request::by(user).body(&body).header("idempotency-key", UserId::generate().to_string());
    let handle = |call| payments_functions::charge_points::handle(&app, call);
    let (_, step) = ask(&world.cloud, "charge-points", request, 202, handle).await?;
    world.settle(vec![step], Fill::Alone).await
}

async fn cancel(world: &mut World, user: UserId, reservation: &str) -> Result<Vec<Step>, Failure> {
    let version = see(world, user, reservation).await?["version"].clone();
    let request = Request::by(user).at("reservationId", reservation).body(&json!({"version": version}));
    let request = request.header("idempotency-key", UserId::generate().to_string());
    let handle = |call| booking_functions::cancel_reservation::handle(&world.booking, call);
    let (_, step) = ask(&world.cloud, "cancel-reservation", request, 202, handle).await?;
    let steps = world.settle(vec![step], Fill::Alone).await?;
    let seen = see(world, user, reservation).await?;
    if seen["paymentStatus"] == "REFUNDED" { Ok(steps) } else { Err(format!("not refunded: {seen}").into()) }
}

async fn confirmed(world: &World, user: UserId, reservation: &str) -> Result<(), Failure> {
    let seen = see(world, user, reservation).await?;
    if seen["status"] == "CONFIRMED" { Ok(()) } else { Err(format!("not confirmed: {seen}").into()) }
}

async fn see(world: &World, user: UserId, reservation: &str) -> Result<Value, Failure> {
    let request = Request::by(user).at("reservationId", reservation);
    let handle = |call| booking_functions::get_reservation::handle(&world.booking, call);
    Ok(ask(&world.cloud, "get-reservation", request, 200, handle).await?.0.body)
}
