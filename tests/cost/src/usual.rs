//! The usual design, measured in the same way: one item a seat, one transaction with the reservation and the buyer's
//! guard.

use std::collections::HashMap;

use testkit::baseline::{Baseline, BaselineHold, BaselineOutcome};

use crate::Failure;
use crate::card::{Card, Row, noted};
use crate::cloud::Cloud;
use crate::prices::Prices;
use crate::stage::seat;
use crate::world::{Step, Trigger};

/// Seats of the arena.
const SEATS: usize = 20_000;

/// The present; it does not matter which.
const NOW: i64 = 1_800_000_000;

/// Measures every step of it.
///
/// # Errors
/// When one does not do what it is measured for.
pub async fn measure(card: &mut Card) -> Result<(), Failure> {
    let prices = &Prices::read()?;
    let database = testkit::Database::start().await;
    let cloud = Cloud::new(database.endpoint.clone(), HashMap::new());
    let client = aws_sdk_dynamodb::Client::new(&cloud.config().await);
    // The keys of the table are the same; so is the index on buyers' items, which these have not.
    database.create(&client, "BookingTable").await;
    drop(cloud.meter.take());
    let usual = Baseline::new(client, "BookingTable");
    let mut note = |name: &str, function: &str, trigger: Trigger| -> Result<(), Failure> {
        let calls = cloud.meter.take();
        let step = Step { function: function.to_owned(), trigger, after: None, calls, answered: 0 };
        card.baseline.push(noted(Row::of(name, &[step], prices)?));
        Ok(())
    };
    let one = request("r1", vec![seat(0, 0)]);
    done(usual.hold(&one).await?)?;
    note("hold 1 seat", "reserve-seats", Trigger::Request)?;
    let eight = request("r2", (0..8).map(|at| seat(1, at)).collect());
    done(usual.hold(&eight).await?)?;
    note("hold 8 seats of one block", "reserve-seats", Trigger::Request)?;
    let apart = request("r3", vec![seat(2, 0), seat(3, 0), seat(4, 0)]);
    done(usual.hold(&apart).await?)?;
    note("hold 3 seats of three blocks", "reserve-seats", Trigger::Request)?;
    let late = request("r4", vec![seat(0, 0)]);
    match usual.hold(&late).await? {
        BaselineOutcome::Taken(_) => note("lose the race for a seat", "reserve-seats", Trigger::Request)?,
        other => return Err(format!("a seat was held twice: {other:?}").into()),
    }
    done(usual.release(&one).await?)?;
    note("release 1 seat", "release-hold", Trigger::Request)?;
    let two = request("r5", vec![seat(5, 0), seat(5, 1)]);
    done(usual.hold(&two).await?)?;
    drop(cloud.meter.take());
    done(usual.extend(&two, 540).await?)?;
    note("enter payment, 2 seats", "begin-payment", Trigger::Function)?;
    done(usual.confirm(&two).await?)?;
    note("sell 2 seats", "settle-reservation", Trigger::Queue(1))?;

    let seats = (0..SEATS).map(|at| seat(at / 50, at % 50)).collect();
    usual.sell_out(&BaselineHold { performance: ARENA.to_owned(), ..request("all", seats) }).await?;
    drop(cloud.meter.take());
    let seats = usual.map(ARENA).await?.len();
    if seats != SEATS {
        return Err(format!("the map has {seats} seats").into());
    }
    note("seat map, 20,000 seats all taken, nothing cached", "get-seat-map", Trigger::Request)?;
    Ok(())
}

const ARENA: &str = "prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04";

/// By another buyer each.
fn request(name: &str, seats: Vec<String>) -> BaselineHold {
    let id = |prefix: &str| format!("{prefix}_0192f0c4-7a10-7c3e-9d5b-{name:0>12}");
    BaselineHold {
        performance: "prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03".to_owned(),
        seats,
        buyer: id("usr"),
        reservation: id("rsv"),
        limit: 8,
        now: NOW,
    }
}

fn done(outcome: BaselineOutcome) -> Result<(), Failure> {
    if outcome == BaselineOutcome::Done { Ok(()) } else { Err(format!("the usual design: {outcome:?}").into()) }
}
