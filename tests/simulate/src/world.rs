//! An on-sale from the first who enters the draw to the last ticket, step by step.

mod books;

use std::collections::VecDeque;

use fastrand::Rng;
use jiff::Timestamp;
use waiting_room::domain::sale::PaymentHealth;
use waiting_room::domain::{gates, polling};

use crate::buyer::Moment;
use crate::buyers::{Buyers, Sale};
use crate::cloud::{Cloud, Route};
use crate::hall::Hall;
use crate::line::{Entered, Line};
use crate::outcome::{Outcome, Second};
use crate::people::{Calendar, NONE, People, State};
use crate::scenario::{Choosing, Scenario};
use crate::waits;

/// A step of time, in seconds, and how many make a second.
const TICK: f64 = 0.1;
const STEPS: usize = 10;

/// Steps from one round to the next: a delay of a second, and the way through the queue.
const ROUND_STEPS: usize = 11;

/// After how many seconds the waiting room hears of seats: batching window, stream, queue.
const NEWS_SECONDS: usize = 2;

/// Shards of booking's stream, whose reader counts what is left once a second each
/// (`docs/decisions/0012-availability-counted-live-or-kept.md`).
const STREAM_SHARDS: f64 = 4.0;

/// When the sale opens, in milliseconds since 1970.
const OPENING: i64 = 1_800_000_000_000;

/// Names of fates.
const EARLY: u64 = 1;
const WHEN: u64 = 2;

struct World<'a> {
    scenario: &'a Scenario,
    rng: Rng,
    step: usize,
    opening: usize,
    people: People,
    calendar: Calendar,
    line: Line,
    halls: Vec<Hall>,
    cloud: Cloud,
    buyers: Buyers,
    entrants: Vec<u32>,
    /// Honest people and bots who wait to be called up.
    waiting: (f64, f64),
    /// The share of questions that was answered lately.
    answered: f64,
    /// Questions and looks a second of those who wait, by the last whole second.
    rates: (f64, f64),
    admitted: u32,
    news: VecDeque<u64>,
    sold_out: Option<f64>,
    /// How many had come in by then.
    in_time: u32,
    seconds: Vec<Second>,
}

/// Simulates an on-sale; `None` when there is no such hall. `tell` hears how far it is.
pub fn run(scenario: &Scenario, tell: &mut dyn FnMut(&str)) -> Option<Outcome> {
    let opening = scenario.pre_queue_seconds as usize * STEPS;
    let steps = opening + scenario.horizon_seconds as usize * STEPS;
    let halls: Option<Vec<_>> = (0..scenario.performances)
        .map(|number| Hall::new(scenario.rows, scenario.row, scenario.classes, number as u64))
        .collect();
    let mut world = World {
        scenario,
        rng: Rng::with_seed(scenario.seed),
        step: 0,
        opening,
        people: People::new(scenario.people, scenario.bots(), scenario.seed),
        calendar: Calendar::new(steps, scenario.people),
        line: Line::new(at(0), scenario.capacity, scenario.seed),
        halls: halls?,
        cloud: Cloud::new(scenario.quotas, scenario.performances, gates::count(scenario.capacity)),
        buyers: Buyers::new(steps),
        entrants: Vec::new(),
        waiting: (0.0, 0.0),
        answered: 1.0,
        rates: (0.0, 0.0),
        admitted: 0,
        news: VecDeque::new(),
        sold_out: None,
        in_time: NONE,
        seconds: Vec::new(),
    };
    world.arrivals();
    while world.step < steps && !world.is_over() {
        world.step();
        if world.step.is_multiple_of(STEPS * 300) {
            tell(&world.progress());
        }
    }
    Some(world.outcome())
}

/// The moment so many milliseconds after the opening.
fn at(after: i64) -> Timestamp {
    Timestamp::from_millisecond(OPENING + after).unwrap_or(Timestamp::MAX)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "hours, in steps")]
fn steps(seconds: f64) -> usize {
    (seconds / TICK).ceil().max(1.0) as usize
}

impl World<'_> {
    /// Seconds since the opening.
    #[expect(clippy::cast_precision_loss, reason = "hours, in steps")]
    fn since(&self) -> f64 {
        (self.step as f64 - self.opening as f64) * TICK
    }

    #[expect(clippy::cast_possible_truncation, reason = "hours")]
    fn now(&self) -> Timestamp {
        at((self.since() * 1_000.0).round() as i64)
    }

    fn arrivals(&mut self) {
        let scenario = self.scenario;
        let before = f64::from(scenario.pre_queue_seconds);
        for person in 0..scenario.people {
            let fate = |matter| self.people.fate(person, matter);
            let is_early = fate(EARLY) * 100.0 < f64::from(scenario.early_percent);
            let when = match (self.people.is_bot(person), is_early) {
                (true, _) => fate(WHEN) * before.min(300.0),
                // The nearer the opening, the more come.
                (false, true) => before * (1.0 - fate(WHEN) * fate(WHEN)),
                (false, false) => before - scenario.late_seconds * (1.0 - fate(WHEN)).ln(),
            };
            self.calendar.put(person, steps(when) - 1);
        }
    }

    fn is_over(&self) -> bool {
        self.buyers.tally.tickets as usize == self.scenario.seats()
            || self.buyers.tally.orders == u64::from(self.scenario.people)
    }

    fn step(&mut self) {
        self.cloud.pass(TICK);
        self.line.pass(TICK);
        if self.step == self.opening {
            let entrants = std::mem::take(&mut self.entrants);
            let now = self.now();
            let spread =
                polling::opening_spread(if self.scenario.design.patient_opening { entrants.len() as u64 } else { 0 });
            self.line.draw(&mut self.people, &entrants, spread, now);
            self.entrants = entrants;
        }
        if self.step >= self.opening && (self.step - self.opening).is_multiple_of(ROUND_STEPS) {
            let left = self.news.front().copied();
            let health = PaymentHealth { confirmed: self.buyers.tally.orders, failed: 0 };
            let now = self.now();
            self.line.round(left, health, now);
        }
        self.call_up();
        self.questions();
        self.buy();
        self.step += 1;
        if self.step.is_multiple_of(STEPS) {
            self.turn();
        }
    }

    /// Whoever is called up by now learns of it after a while, and asks.
    fn call_up(&mut self) {
        let now = self.now();
        for at in self.line.called_up(now) {
            let person = self.line.order[at];
            let is_bot = self.people.is_bot(person);
            if is_bot {
                self.waiting.1 -= 1.0
            } else {
                self.waiting.0 -= 1.0
            }
            if self.is_gone(person) {
                self.people.state[person as usize] = State::Gone;
                continue;
            }
            self.people.state[person as usize] = State::CalledUp;
            let even = self.rng.f64();
            let delay = if is_bot {
                even * self.scenario.bot_seconds()
            } else {
                let now = self.moment_of_those_who_wait();
                waits::notice(self.scenario, &self.people, &self.line, now, person, at as u64, even)
            };
            self.calendar.put(person, self.step + steps(delay));
        }
    }

    fn is_gone(&self, person: u32) -> bool {
        waits::is_gone(self.scenario, &self.people, person, self.moment_of_those_who_wait())
    }

    fn moment_of_those_who_wait(&self) -> waits::Now {
        let entrants = self.entrants.len() as u64;
        waits::Now { since: self.since(), at: self.now(), entrants, sold_out: self.sold_out }
    }

    /// Everybody who asks `check-queue` in this step, one by one where it matters who is answered, as a number elsewhere.
    fn questions(&mut self) {
        let mut due = Vec::new();
        self.calendar.take(self.step, &mut due);
        due.retain(|&person| !self.is_gone(person) || self.people.state[person as usize] == State::Coming);
        // The list has no order that means anything; chance says who is first.
        self.rng.shuffle(&mut due);
        if self.step.is_multiple_of(STEPS) || self.step == self.opening {
            let (honest, bots) = self.waiting;
            let honest = honest.max(0.0);
            let now = self.moment_of_those_who_wait();
            let honest = honest * waits::present(self.scenario, now);
            self.rates = waits::rates(self.scenario, &self.line, now, (honest, bots.max(0.0)), self.answered);
        }
        let (asked, looks) = self.rates;
        self.cloud.cached(looks * TICK);
        #[expect(clippy::cast_precision_loss, reason = "people")]
        let wanted = asked * TICK + due.len() as f64;
        let served = self.cloud.request(Route::Check, wanted, TICK);
        let share = if wanted > 0.0 { served / wanted } else { 1.0 };
        // Over about a second.
        self.answered += (share - self.answered) * TICK;
        let (mut numbers, is_open) = (0.0, self.step >= self.opening);
        for person in due {
            if self.rng.f64() >= share {
                let trouble = self.trouble(person);
                self.calendar.put(person, self.step + steps(trouble));
            } else if self.people.state[person as usize] == State::Coming {
                numbers += 1.0;
                self.arrive(person, is_open);
            } else {
                self.knock(person);
            }
        }
        self.count(numbers);
    }

    /// Writes to the counter: an environment that is asked often takes up to fifty numbers at once
    /// (`crates/waiting-room/src/runs.rs`).
    fn count(&mut self, numbers: f64) {
        if numbers > 0.0 {
            let each = numbers / TICK / self.cloud.environments(Route::Check);
            let run = (2.0 * each).clamp(1.0, 50.0);
            self.cloud.used.writes += numbers / run;
            self.cloud.waiting_room.ask(numbers / run);
            self.cloud.counter.ask(numbers / run);
        }
    }

    fn trouble(&mut self, person: u32) -> f64 {
        if self.people.is_bot(person) {
            return self.scenario.bot_seconds();
        }
        let (from, to) = self.scenario.habits.trouble_seconds;
        from + (to - from) * self.rng.f64()
    }

    /// Somebody without a place: before the opening they are in the draw, after it they walk in or get a number.
    fn arrive(&mut self, person: u32, is_open: bool) {
        if is_open
            && self.line.walks_in()
            && let Entered::In(gate) = self.line.enter(&self.people, person, &mut self.cloud, false)
        {
            self.admit(person, gate);
            return;
        }
        self.people.state[person as usize] = State::Waiting;
        if self.people.is_bot(person) {
            self.waiting.1 += 1.0;
        } else {
            self.waiting.0 += 1.0;
        }
        if is_open {
            self.line.number(&mut self.people, person);
        } else {
            self.entrants.push(person);
        }
    }

    /// Somebody who was called up.
    fn knock(&mut self, person: u32) {
        match self.line.enter(&self.people, person, &mut self.cloud, true) {
            Entered::In(gate) => self.admit(person, gate),
            // They are told to ask again in a second.
            Entered::Full | Entered::Crowded => {
                let pause = if self.people.is_bot(person) { self.scenario.bot_seconds() } else { 1.0 + self.rng.f64() };
                self.calendar.put(person, self.step + steps(pause));
            }
        }
    }

    fn admit(&mut self, person: u32, gate: u32) {
        self.people.state[person as usize] = State::Admitted;
        self.people.admitted[person as usize] = self.admitted;
        self.admitted += 1;
        let (is_bot, since) = (self.people.is_bot(person), self.since());
        let mut moment = moment(self.step, since, &mut self.rng);
        self.buyers.enter(person, gate, is_bot, self.scenario, &mut moment);
    }

    fn buy(&mut self) {
        if self.step < self.opening {
            return;
        }
        let since = self.since();
        let mut moment = moment(self.step, since, &mut self.rng);
        let often = if self.scenario.design.choosing == Choosing::Alone { 1 } else { STEPS };
        if self.step.is_multiple_of(often) {
            for hall in &mut self.halls {
                hall.look(moment.at);
            }
        }
        let mut sale = Sale { halls: &mut self.halls, cloud: &mut self.cloud, scenario: self.scenario };
        let lapsed = self.buyers.act(&mut sale, &mut moment);
        for gate in lapsed {
            self.line.lapse(gate);
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "hours")]
fn moment(step: usize, since: f64, rng: &mut Rng) -> Moment<'_> {
    Moment { step, tick: TICK, at: OPENING + (since * 1_000.0).round() as i64, opened: OPENING, rng }
}
