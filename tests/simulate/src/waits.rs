//! How those who wait go about it: when they ask, when they look, when they give up.

use jiff::Timestamp;
use waiting_room::domain::polling;

use crate::line::Line;
use crate::people::People;
use crate::scenario::{Scenario, Waiting};

/// How long after a change of the status caches still say the old one, in seconds.
const CACHE_SECONDS: f64 = 1.0;

/// How often caches are asked for the status before the opening, by each who watches it, in seconds.
const LOOK_BEFORE_SECONDS: f64 = 45.0;

/// How many looks at the status a second those who watch spread the first one after the opening for, and over how many
/// seconds at least.
const LOOKS_A_SECOND: f64 = 200_000.0;
const FIRST_LOOK_SECONDS: f64 = 2.0;

/// How long people stay on average once they are told that nothing is left, in seconds: seats may come back.
const HOPE_SECONDS: f64 = 60.0;

/// Names of fates.
const ABSENT: u64 = 3;
const PATIENCE: u64 = 4;
const FIRST: u64 = 5;

/// Where time stands, for those who wait.
#[derive(Debug, Clone, Copy)]
pub struct Now {
    /// Seconds since the opening.
    pub since: f64,
    /// The same as a moment.
    pub at: Timestamp,
    /// Accounts in the draw.
    pub entrants: u64,
    /// When no seat was free for the first time, in seconds after the opening.
    pub sold_out: Option<f64>,
}

/// Whether somebody has gone away, or never came back for the opening.
#[must_use]
pub fn is_gone(scenario: &Scenario, people: &People, person: u32, now: Now) -> bool {
    let habits = &scenario.habits;
    if people.is_bot(person) {
        return false;
    }
    let patience = -(1.0 - people.fate(person, PATIENCE)).ln();
    let hope = now.sold_out.map_or(0.0, |sold_out| (now.since - sold_out).max(0.0) / HOPE_SECONDS);
    people.fate(person, ABSENT) * 100.0 < f64::from(habits.absent_percent)
        || patience < now.since / habits.patience_seconds + hope
}

/// The share of honest people that has not gone away.
#[must_use]
pub fn present(scenario: &Scenario, now: Now) -> f64 {
    let habits = &scenario.habits;
    let hope = now.sold_out.map_or(0.0, |sold_out| (now.since - sold_out).max(0.0) / HOPE_SECONDS);
    (1.0 - f64::from(habits.absent_percent) / 100.0) * (-now.since.max(0.0) / habits.patience_seconds - hope).exp()
}

/// How many people the rule for asking counts, of so many: none until today.
const fn counted(scenario: &Scenario, crowd: u64) -> u64 {
    match scenario.design.waiting {
        Waiting::Asking => 0,
        Waiting::AskingByCrowd | Waiting::Watching => crowd,
    }
}

/// After how many seconds an honest person who is called up knows of it, by a number between 0 and 1.
#[must_use]
pub fn notice(scenario: &Scenario, people: &People, line: &Line, now: Now, person: u32, place: u64, even: f64) -> f64 {
    let number = polling::number_of(&person.to_string());
    let is_watching = scenario.design.waiting == Waiting::Watching;
    if place < now.entrants {
        // Of the draw: nobody has asked since the opening before this.
        let first = if is_watching {
            people.fate(person, FIRST) * first_looks(now.entrants)
        } else {
            line.first_question(counted(scenario, now.entrants), number)
        };
        if first > now.since {
            return first - now.since;
        }
    }
    let pause = if is_watching {
        1.0 + CACHE_SECONDS
    } else {
        // What they were told when they asked last: by where they stood before this round.
        let before = now.at.checked_sub(jiff::SignedDuration::from_secs(1)).unwrap_or(now.at);
        f64::from(line.pause(place, counted(scenario, line.waiting() as u64), number, before))
    };
    even * pause
}

/// Over how many seconds those who watch spread their first look after the opening.
#[expect(clippy::cast_precision_loss, reason = "people in a line")]
fn first_looks(entrants: u64) -> f64 {
    (entrants as f64 / LOOKS_A_SECOND).max(FIRST_LOOK_SECONDS)
}

/// Questions and looks a second of so many honest people and bots who have a place and are not called up, while this
/// share of questions is answered.
#[must_use]
pub fn rates(scenario: &Scenario, line: &Line, now: Now, (honest, bots): (f64, f64), answered: f64) -> (f64, f64) {
    let habits = &scenario.habits;
    let bots = bots / scenario.bot_seconds();
    let trouble = f64::midpoint(habits.trouble_seconds.0, habits.trouble_seconds.1);
    // Who was not answered asks again sooner than who was.
    let again = |a_second: f64| {
        if a_second > 0.0 { 1.0 / (answered / a_second + (1.0 - answered) * trouble) } else { 0.0 }
    };
    let is_watching = scenario.design.waiting == Waiting::Watching;
    let counted_entrants = counted(scenario, now.entrants);
    if now.since < 0.0 {
        let asked = bots + honest * again(line.questions_before(counted_entrants));
        return (asked, if is_watching { honest / LOOK_BEFORE_SECONDS } else { 0.0 });
    }
    let spread = if is_watching {
        first_looks(now.entrants)
    } else {
        (0..50).map(|sample| line.first_question(counted_entrants, sample * 7_919)).fold(1.0, f64::max)
    };
    let first = if now.since < spread { honest / spread } else { 0.0 };
    let known = honest * (now.since / spread).min(1.0);
    if is_watching {
        return (bots, first + known * line.looks_a_second(now.at));
    }
    let crowd = counted(scenario, line.waiting() as u64);
    (bots + first + known * again(line.questions_a_second(crowd, now.at)), 0.0)
}
