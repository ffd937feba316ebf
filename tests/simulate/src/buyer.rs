//! Somebody in the sale, what they want, and what became of all of them.

use booking::domain::choice::groups_to_choose_from;
use booking::domain::sale::Place;
use contracts::ids::ReservationId;
use fastrand::Rng;

use crate::cloud::Cloud;
use crate::hall::Hall;
use crate::scenario::{Choosing, Habits, Scenario};

/// From how many groups more the best one was picked with each try, until today.
const FORMER_SPREAD: usize = 12;

/// Somebody in the sale.
#[derive(Debug, Clone)]
pub struct Buyer {
    /// Who.
    pub person: u32,
    /// The gate that counts them.
    pub gate: u32,
    /// Whether a program.
    pub bot: bool,
    /// How many they want.
    pub tickets: usize,
    /// Which performance they look at.
    pub hall: usize,
    /// Which price class.
    pub class: usize,
    /// The seats they have chosen or hold.
    pub seats: Vec<Place>,
    /// Their reservation.
    pub id: ReservationId,
    /// The seats at which that was so, which are not asked for again.
    pub lost_seats: Vec<Place>,
    /// How often others were faster, since the request began.
    pub lost: u32,
    /// How often a table refused, since the request began.
    pub refused: u32,
    /// Whether the service chooses.
    pub best: bool,
    /// What they do next.
    pub next: Next,
}

/// What somebody does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Looks for seats.
    Choose,
    /// Asks for those they have chosen.
    Hold,
    /// Pays.
    Pay,
    /// Has paid, and hears of it.
    Confirm,
    /// Goes, or is given up.
    Leave,
}

/// What became of those who were in the sale.
#[derive(Debug, Clone, Copy, Default, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tally {
    /// Reservations that were paid and confirmed.
    pub orders: u64,
    /// Of these, of bots.
    pub bot_orders: u64,
    /// Tickets of these.
    pub tickets: u64,
    /// Of these, of bots.
    pub bot_tickets: u64,
    /// Holds that were given.
    pub holds: u64,
    /// Holds that others' marks refused.
    pub lost_races: u64,
    /// Requests that ended as 503, after all tries of the library, or as 429.
    pub unavailable: u64,
    /// Holds that nobody paid.
    pub left: u64,
    /// People who found nothing.
    pub found_nothing: u64,
}

/// The moment, and what is left to chance.
#[derive(Debug)]
pub struct Moment<'a> {
    /// The step of time.
    pub step: usize,
    /// Its length in seconds.
    pub tick: f64,
    /// Milliseconds since 1970.
    pub at: i64,
    /// When the sale opened, milliseconds since 1970.
    pub opened: i64,
    /// Chance.
    pub rng: &'a mut Rng,
}

impl Moment<'_> {
    /// A step so many seconds from now, by chance between two numbers of them.
    pub fn step_in(&mut self, (from, to): (f64, f64)) -> usize {
        let seconds = from + (to - from) * self.rng.f64();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "minutes")]
        let steps = (seconds / self.tick).ceil() as usize;
        self.step + steps.max(1)
    }

    /// Seconds since 1970.
    #[must_use]
    pub const fn second(&self) -> i64 {
        self.at.div_euclid(1_000)
    }
}

/// Writes to the blocks of the buyer's seats: one unit each, two in a transaction of several.
pub fn marks(cloud: &mut Cloud, buyer: &Buyer, halls: &[Hall]) -> bool {
    let mut blocks: Vec<usize> = buyer.seats.iter().map(|&(block, _)| block).collect();
    blocks.dedup();
    let units = if blocks.len() > 1 { 2.0 } else { 1.0 };
    let hall = &halls[buyer.hall];
    blocks.into_iter().all(|block| cloud.mark(buyer.hall, block, hall.shards[block], units))
}

/// From how many groups `create-reservation` picks.
#[must_use]
pub fn spread(scenario: &Scenario, lost: u32, hall: &Hall, class: usize, now: i64) -> usize {
    match scenario.design.choosing {
        Choosing::Alone => (FORMER_SPREAD * lost as usize).max(1),
        Choosing::Shared => groups_to_choose_from(lost, hall.taken_lately(class, now)),
    }
}

/// How many tickets somebody wants.
pub fn tickets(habits: &Habits, rng: &mut Rng) -> usize {
    let mut drawn = rng.u32(0..habits.tickets.iter().sum());
    for (at, &share) in habits.tickets.iter().enumerate() {
        if drawn < share {
            return at + 1;
        }
        drawn -= share;
    }
    1
}
