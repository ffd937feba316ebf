//! The waiting room: the draw, the plan, the gates, by the rules of its crate.

use contracts::ids::EventId;
use contracts::waiting_room::Standing;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;
use waiting_room::domain::plan::{Observed, Plan};
use waiting_room::domain::queue::{Keys, Queue, Rules};
use waiting_room::domain::sale::PaymentHealth;
use waiting_room::domain::{draw, gates, polling};

use crate::cloud::Cloud;
use crate::people::{NONE, People, mix};

/// Places given on at one gate in a round: `MOST_RELEASED` of `crates/waiting-room/src/steer.rs`.
const MOST_RELEASED: u32 = 100;

/// How often a gate is passed in a second at most. Two transactions with the same item at once are refused, and one takes
/// about ten milliseconds.
const PASSAGES_A_SECOND: f64 = 100.0;

/// What came of trying the gates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entered {
    /// In, by this gate.
    In(u32),
    /// No gate had room, or none is known to.
    Full,
    /// Others were passing, or a table refused: again in a moment.
    Crowded,
}

#[derive(Debug, Clone, Default)]
struct Gate {
    occupied: u32,
    claims: u64,
    lapsed: u32,
    /// How many more may pass within this step of time.
    passages: f64,
}

/// The line of an event.
#[derive(Debug)]
pub struct Line {
    queue: Queue,
    gates: Vec<Gate>,
    plan: Option<Plan>,
    full: Option<u64>,
    /// Who has which place.
    pub order: Vec<u32>,
    /// How many places were reached, by the latest look.
    pub reached: usize,
    numbers: u64,
    /// How often somebody found others at their gate.
    pub crowded: u64,
}

impl Line {
    /// Of a sale that opens then, for so many buyers at once.
    #[must_use]
    pub fn new(opens_at: Timestamp, capacity: u32, seed: u64) -> Self {
        let key =
            |number: u64| draw::Key::new(std::array::from_fn(|at| mix(seed ^ number, at as u64).to_le_bytes()[0]));
        let rules = Rules { enabled: true, opens_at, capacity, session_seconds: 300, pre_queue_minutes: 30 };
        let event = EventId::from_uuid(Uuid::from_u128(u128::from(seed)));
        let queue = Queue::new(event, rules, Keys { seed: key(11), ticket_key: key(13) });
        let gates = vec![Gate::default(); gates::count(capacity) as usize];
        Self { queue, gates, plan: None, full: None, order: Vec::new(), reached: 0, numbers: 0, crowded: 0 }
    }

    /// The draw: gives everybody who entered a place by their ticket's score, and plans an opening that the crowd hears of
    /// within so many seconds.
    pub fn draw(&mut self, people: &mut People, entrants: &[u32], heard_within: u32, now: Timestamp) {
        let count = entrants.len() as u64;
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let share = entrants.len().div_ceil(threads).max(1);
        let (queue, everybody) = (&self.queue, &*people);
        let place = |person: u32| {
            let id = draw::ticket_id(&queue.ticket_key, queue.state.event_id, queue.state.era, everybody.user(person));
            u32::try_from(draw::place(draw::score(&queue.seed, &id), count)).unwrap_or(NONE)
        };
        let drawn: Vec<Vec<(u32, u32)>> = std::thread::scope(|scope| {
            let parts: Vec<_> = entrants
                .chunks(share)
                .map(|part| scope.spawn(move || part.iter().map(|&person| (place(person), person)).collect()))
                .collect();
            parts.into_iter().filter_map(|part| part.join().ok()).collect()
        });
        let mut drawn: Vec<_> = drawn.into_iter().flatten().collect();
        drawn.sort_unstable();
        for &(place, person) in &drawn {
            people.place[person as usize] = place;
        }
        self.order = drawn.into_iter().map(|(_, person)| person).collect();
        self.plan = Some(Plan::opening(0, self.queue.state.era, count, now).heard_within(heard_within));
    }

    /// Gives somebody who came after the opening the next number.
    pub fn number(&mut self, people: &mut People, person: u32) {
        let entrants = self.plan.as_ref().map_or(0, |plan| plan.entrants);
        people.place[person as usize] = u32::try_from(entrants + self.numbers).unwrap_or(NONE);
        self.numbers += 1;
        self.order.push(person);
    }

    /// A round: lapsed places are given on, what there is is looked at, the line is planned.
    pub fn round(&mut self, seats_left: Option<u64>, health: PaymentHealth, now: Timestamp) {
        let Some(before) = &self.plan else { return };
        for gate in &mut self.gates {
            let released = gate.lapsed.min(MOST_RELEASED);
            gate.lapsed -= released;
            gate.occupied -= released;
        }
        let capacity = self.queue.state.capacity;
        let numbered = || self.gates.iter().zip(0_u32..);
        let seen = Observed {
            capacity,
            occupied: self.gates.iter().map(|gate| gate.occupied).sum(),
            with_room: numbered()
                .filter_map(|(gate, number)| (gate.occupied < gates::limit(capacity, number)).then_some(number))
                .collect(),
            seats_left,
            health,
            issued: before.entrants + self.numbers,
            claims: self.gates.iter().map(|gate| gate.claims).sum(),
        };
        self.plan = Some(before.next(seen, gates::count(capacity), now));
    }

    /// The people who have been called up since the last look.
    pub fn called_up(&mut self, now: Timestamp) -> std::ops::Range<usize> {
        let Some(plan) = &self.plan else { return 0..0 };
        let serving = usize::try_from(plan.pointer.serving(now)).unwrap_or(0);
        // Places of the draw are shared by some and empty for others: as many people as places are called up, in order.
        let from = self.reached;
        self.reached = serving.clamp(from, self.order.len());
        from..self.reached
    }

    /// Lets a step of time pass.
    pub fn pass(&mut self, tick: f64) {
        for gate in &mut self.gates {
            gate.passages = (gate.passages + PASSAGES_A_SECOND * tick).min(PASSAGES_A_SECOND * tick.max(0.1));
        }
    }

    /// Whether newcomers may try the gates without a place in the line.
    #[must_use]
    pub fn walks_in(&self) -> bool {
        self.plan.as_ref().is_some_and(|plan| plan.walk_ins && self.full != Some(plan.round))
    }

    /// Somebody tries the gates, as `Desk::enter` does: with a ticket if they were called up, without if they walk in.
    pub fn enter(&mut self, people: &People, person: u32, cloud: &mut Cloud, has_ticket: bool) -> Entered {
        let Some(plan) = &self.plan else { return Entered::Crowded };
        if plan.with_room.is_empty() || self.full == Some(plan.round) {
            cloud.used.reads += 1.0;
            return Entered::Full;
        }
        let tried = gates::to_try(&plan.with_room, polling::number_of(&people.user(person).to_string()));
        let mut full = tried.len() == plan.with_room.len();
        for number in tried {
            let gate = &mut self.gates[number as usize];
            if gate.passages < 1.0 || !cloud.pass_gate(number as usize) {
                self.crowded += 1;
                full = false;
                continue;
            }
            gate.passages -= 1.0;
            if gate.occupied < gates::limit(self.queue.state.capacity, number) {
                gate.occupied += 1;
                gate.claims += u64::from(has_ticket);
                return Entered::In(number);
            }
        }
        if full {
            self.full = Some(plan.round);
            return Entered::Full;
        }
        Entered::Crowded
    }

    /// Somebody's place is free from the next round on: they have bought, left, or were idle for too long.
    pub fn lapse(&mut self, gate: u32) {
        self.gates[gate as usize].lapsed += 1;
    }

    /// How many are in the sale.
    #[must_use]
    pub fn occupied(&self) -> u32 {
        self.gates.iter().map(|gate| gate.occupied).sum()
    }

    /// How many people wait to be called up.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.order.len() - self.reached
    }

    /// The share of people called up lately who were there, as the plan has it.
    #[must_use]
    pub fn present(&self) -> f64 {
        self.plan.as_ref().map_or(1.0, Plan::present)
    }

    /// Where a place stands at a moment.
    #[must_use]
    pub fn standing(&self, place: u64, now: Timestamp) -> Option<Standing> {
        Some(self.plan.as_ref()?.pointer.standing(place, now))
    }

    /// In how many seconds somebody at a place asks again, of a crowd of so many.
    #[must_use]
    pub fn pause(&self, place: u64, crowd: u64, person: u64, now: Timestamp) -> u32 {
        self.standing(place, now).map_or(1, |standing| polling::in_line(standing, crowd, person))
    }

    /// How often a line as it stands asks `check-queue`, for each person: the mean of a sample of it.
    #[must_use]
    pub fn questions_a_second(&self, crowd: u64, now: Timestamp) -> f64 {
        self.mean(now, |line, place, person| 1.0 / f64::from(line.pause(place, crowd, person, now)))
    }

    /// How often it looks at the status, for each person: soon when its turn is near, as the status says otherwise.
    #[must_use]
    pub fn looks_a_second(&self, now: Timestamp) -> f64 {
        let seldom = f64::from(polling::watching(self.waiting() as u64));
        self.mean(now, |line, place, _| {
            let wait = line.standing(place, now).and_then(|standing| standing.estimated_wait_seconds);
            #[expect(clippy::cast_precision_loss, reason = "seconds")]
            let soon = wait.map_or(seldom, |wait| wait as f64 / 4.0);
            1.0 / soon.min(seldom).max(1.0)
        })
    }

    fn mean(&self, now: Timestamp, of: impl Fn(&Self, u64, u64) -> f64) -> f64 {
        const SAMPLES: u64 = 500;
        let (from, waiting) = (self.reached as u64, self.waiting() as u64);
        if waiting == 0 || self.standing(0, now).is_none() {
            return 0.0;
        }
        // Denser near the head, where the rule is steep: the square of an even sample, weighted by its slope.
        #[expect(clippy::cast_precision_loss, reason = "people in a line")]
        let (waiting, samples) = (waiting as f64, SAMPLES as f64);
        let sum: f64 = (0..SAMPLES)
            .map(|sample| {
                #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
                let even = (sample as f64 + 0.5) / samples;
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "people in a line")]
                let ahead = (even * even * even * waiting) as u64;
                of(self, from + ahead, mix(3, sample)) * 3.0 * even * even
            })
            .sum();
        sum / samples
    }

    /// When somebody in the draw asks for the first time after the opening, in seconds after it, with a crowd of so many.
    #[must_use]
    pub fn first_question(&self, crowd: u64, person: u64) -> f64 {
        let opens_at = self.queue.state.opens_at;
        let just_before = opens_at.checked_sub(SignedDuration::from_secs(1)).unwrap_or(opens_at);
        f64::from(polling::before_opening(opens_at, just_before, crowd, person)) - 1.0
    }

    /// How often somebody in the draw asks before the opening, on average, with a crowd of so many. Whoever asks shortly
    /// before it is told to come when it is over: nobody asks twice in the last such pause.
    #[must_use]
    pub fn questions_before(&self, crowd: u64) -> f64 {
        let opens_at = self.queue.state.opens_at;
        let long_before = opens_at.checked_sub(SignedDuration::from_hours(24)).unwrap_or(opens_at);
        let pause = |person| f64::from(polling::before_opening(opens_at, long_before, crowd, mix(5, person)));
        (0..100).map(|person| 1.0 / pause(person)).sum::<f64>() / 100.0
    }
}
