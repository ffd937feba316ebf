//! A thousand people at once on the best seats that are left, four side by side each: our design against the usual
//! one, turn by turn, everything else alike. And ours alone where nobody wants what another one wants.
//!
//! Everybody knows what was sold up to their last answer, and wants one of the best groups they believe free. A turn
//! is over when nothing is left, or after twenty seconds.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use super::books::{self, Books};
use super::{Progress, Size};
use crate::Failure;
use crate::halls::Hall;
use crate::meter::{Consumed, Meter};
use crate::record::Summary;
use crate::stack::{BY_ITEM, BY_ITEM_PATH, Stack};
use crate::users::Crowd;
use crate::watch::Usage;

/// The functions that take turns.
pub const FUNCTIONS: [&str; 2] = ["reserve-seats", BY_ITEM];

/// Seats in a row, and how many of them one buyer wants.
const ROW: usize = 48;
const GROUP: usize = 4;

/// Among how many of the best groups people choose.
const HOT: usize = 1_000;

/// Nobody begins anything when a turn has lasted so long: what is slow must end as well.
const LONGEST: Duration = Duration::from_secs(20);

/// How many holds of each kind are counted.
const COUNTED: usize = 25;

/// Who keeps the seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Design {
    /// A number for each seat in the item of its block.
    Ours,
    /// An item for each seat, in one transaction with the reservation and the buyer's guard.
    ByItem,
}

/// Whether people get into each other's way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Crowding {
    /// Everybody wants one of the best groups.
    Hot,
    /// Everybody wants other seats.
    Apart,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// How many people at once.
    pub users: usize,
    /// Environments of a function.
    pub environments: usize,
    /// Seats of a turn's hall.
    pub seats: usize,
    /// Our turns.
    pub ours: Vec<Turn>,
    /// The other design's, alternating with ours.
    pub by_item: Vec<Turn>,
    /// Ours where no two people want the same seats.
    pub apart: Vec<Turn>,
    /// What a hold and a lost race of ours are charged.
    pub ours_units: Units,
    /// What the other design's are charged.
    pub by_item_units: Units,
}

/// One turn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Turn {
    /// From the first request to the last answer, in seconds.
    pub seconds: f64,
    /// Holds a second.
    pub holds_per_second: f64,
    /// All requests: those that got seats and those that lost.
    pub requests: Summary,
    /// Seats that answers gave to buyers, beyond those that the table says are taken.
    pub oversold: i64,
    /// Processor time of the functions, in seconds.
    pub function_cpu_seconds: f64,
    /// Processor time of the services, in seconds.
    pub service_cpu_seconds: f64,
}

/// Averages of one request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Units {
    /// Calls of a hold.
    pub hold_calls: f64,
    /// Write units of a hold.
    pub hold_writes: f64,
    /// Write units of a lost race.
    pub lost_writes: f64,
}

/// Runs it.
///
/// # Errors
/// When the application does not work, or a seat is sold twice.
pub async fn run(stack: &Stack, size: Size) -> Result<Report, Failure> {
    let crowd = Crowd::new(&stack.url, &stack.tokens)?;
    for design in [Design::Ours, Design::ByItem] {
        stack.warm(design.function(), size.environments).await?;
        // Once through everything, so that no turn pays for what only the first request does.
        turn(stack, &crowd, design, Crowding::Hot, size.environments * 4, 2).await?;
    }
    let (mut ours, mut by_item, mut apart) = (Vec::new(), Vec::new(), Vec::new());
    let turn = async |design, crowding| turn(stack, &crowd, design, crowding, size.users, size.rows).await;
    for _ in 0..size.rounds {
        ours.push(turn(Design::Ours, Crowding::Hot).await?);
        by_item.push(turn(Design::ByItem, Crowding::Hot).await?);
        apart.push(turn(Design::Ours, Crowding::Apart).await?);
    }
    Ok(Report {
        users: size.users,
        environments: size.environments,
        seats: size.rows * ROW,
        ours,
        by_item,
        apart,
        ours_units: units(stack, Design::Ours).await?,
        by_item_units: units(stack, Design::ByItem).await?,
    })
}

impl Design {
    const fn function(self) -> &'static str {
        match self {
            Self::Ours => "reserve-seats",
            Self::ByItem => BY_ITEM,
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Ours => "/api/v1/seats/reserve",
            Self::ByItem => BY_ITEM_PATH,
        }
    }
}

/// The groups that people believe free, the best first.
#[derive(Debug)]
struct Free(Mutex<Vec<u32>>);

impl Free {
    fn of(groups: usize) -> Self {
        Self(Mutex::new((0..u32::try_from(groups).unwrap_or(u32::MAX)).collect()))
    }

    fn pick(&self) -> Option<u32> {
        let free = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if free.is_empty() { None } else { Some(free[fastrand::usize(..free.len().min(HOT))]) }
    }

    /// The best one, which nobody else is given.
    fn take(&self) -> Option<u32> {
        let mut free = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if free.is_empty() { None } else { Some(free.remove(0)) }
    }

    fn gone(&self, group: u32) {
        let mut free = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Ok(at) = free.binary_search(&group) {
            free.remove(at);
        }
    }
}

fn seats_of(group: u32) -> Vec<String> {
    let group = usize::try_from(group).unwrap_or_default();
    let (row, first) = (group / (ROW / GROUP), group % (ROW / GROUP) * GROUP);
    (1..=GROUP).map(|seat| Hall::seat(row + 1, first + seat)).collect()
}

async fn turn(
    stack: &Stack,
    crowd: &Crowd,
    design: Design,
    crowding: Crowding,
    users: usize,
    rows: usize,
) -> Result<Turn, Failure> {
    let hall = Hall::seated(stack, rows, ROW).await?;
    let crowd = crowd.anew();
    let _progress = Progress::of(design.function(), &crowd.record);
    let free = Arc::new(Free::of(rows * ROW / GROUP));
    let barrier = Arc::new(Barrier::new(users + 1));
    let mut people = JoinSet::new();
    for _ in 0..users {
        let (crowd, free, barrier) = (crowd.clone(), Arc::clone(&free), Arc::clone(&barrier));
        people.spawn(async move {
            barrier.wait().await;
            let began = Instant::now();
            let next = || match crowding {
                Crowding::Hot => free.pick(),
                Crowding::Apart => free.take(),
            };
            while began.elapsed() < LONGEST
                && let Some(group) = next()
            {
                let body = json!({"performanceId": hall.performance, "seatIds": seats_of(group)});
                // Every hold is somebody's first.
                let answer = crowd.user()?.post("hold", design.path(), &body).await;
                if matches!(answer.status, 201 | 409) {
                    free.gone(group);
                }
            }
            Ok::<_, Failure>(())
        });
    }
    let before = usage(stack);
    // Before the shot: whoever waits for a processor after it would otherwise have begun earlier than the clock.
    let began = Instant::now();
    barrier.wait().await;
    while let Some(ended) = people.join_next().await {
        ended??;
    }
    let seconds = began.elapsed().as_secs_f64();
    let after = usage(stack);
    let requests = crowd.record.summary("hold");
    let given = requests.with_status(201) * GROUP as u64;
    let taken = match design {
        Design::Ours => {
            let books = Books::of(&stack.dynamodb, &hall).await?;
            if books.agree() { books.taken } else { return Err(format!("the books do not agree: {books:?}").into()) }
        }
        Design::ByItem => books::by_item_taken(&stack.dynamodb, &hall).await?,
    };
    #[allow(clippy::cast_precision_loss, reason = "holds of a turn")]
    let holds_per_second = requests.with_status(201) as f64 / seconds;
    Ok(Turn {
        seconds,
        holds_per_second,
        oversold: i64::try_from(given)? - i64::try_from(taken)?,
        function_cpu_seconds: after.0.cpu_seconds - before.0.cpu_seconds,
        service_cpu_seconds: after.1.cpu_seconds - before.1.cpu_seconds,
        requests,
    })
}

/// Of the functions, and of the services.
fn usage(stack: &Stack) -> (Usage, Usage) {
    let services: Vec<_> = stack.aws.pid().into_iter().collect();
    (Usage::of(&stack.function_pids()), Usage::of(&services))
}

/// Holds and lost races one by one, before a database that is asked what they are charged.
async fn units(stack: &Stack, design: Design) -> Result<Units, Failure> {
    let hall = Hall::seated(stack, COUNTED.div_ceil(ROW / GROUP) + 1, ROW).await?;
    let meter = Meter::start(&stack.aws.endpoints.dynamodb).await?;
    let metered = stack.metered(design.function(), design.path(), &meter).await?;
    let crowd = Crowd::new(&metered.url, &stack.tokens)?;
    let hold = async |group: u32, status: u16| {
        let body = json!({"performanceId": hall.performance, "seatIds": seats_of(group)});
        let answer = crowd.user()?.post("hold", design.path(), &body).await;
        if answer.status == status { Ok(()) } else { Err(Failure::from(format!("{status} expected: {answer:?}"))) }
    };
    // The first one reads what is sold.
    hold(0, 201).await?;
    let _ = meter.take();
    let groups = 1..=u32::try_from(COUNTED)?;
    for group in groups.clone() {
        hold(group, 201).await?;
    }
    let holds = meter.take();
    for group in groups {
        hold(group, 409).await?;
    }
    let lost = meter.take();
    #[allow(clippy::cast_precision_loss, reason = "a few requests")]
    let each = |all: f64| all / COUNTED as f64;
    let Consumed { calls, write_units, .. } = holds;
    Ok(Units { hold_calls: each(calls), hold_writes: each(write_units), lost_writes: each(lost.write_units) })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn groups_are_side_by_side_and_share_no_seat() {
        assert_eq!(seats_of(0), ["R1-1", "R1-2", "R1-3", "R1-4"]);
        assert_eq!(seats_of(13), ["R2-5", "R2-6", "R2-7", "R2-8"]);
        let all: HashSet<_> = (0..24).flat_map(seats_of).collect();
        assert_eq!(all.len(), 2 * ROW);
        assert!(all.contains("R1-48") && all.contains("R2-48"));
    }

    #[test]
    fn what_is_gone_is_picked_no_more() {
        let free = Free::of(3);
        free.gone(1);
        free.gone(1);
        let seen: HashSet<_> = (0..200).filter_map(|_| free.pick()).collect();
        assert_eq!(seen, HashSet::from([0, 2]));
        assert_eq!(free.take(), Some(0));
        assert_eq!(free.take(), Some(2));
        assert_eq!(free.pick(), None);
        assert_eq!(free.take(), None);
    }
}
