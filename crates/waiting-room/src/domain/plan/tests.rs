//! The control law, alone and in a small simulation of a line of people.

use proptest::prelude::*;

use super::*;

const START: i64 = 1_800_000_000_000;

fn at(round: i64) -> Timestamp {
    Timestamp::from_millisecond(START + round * 1_000).unwrap()
}

/// A line of people in front of a strict gate. `present[place]` says who is still there.
struct Simulation {
    plan: Plan,
    round: i64,
    capacity: u32,
    present: Vec<bool>,
    occupied: u32,
    claims: u64,
    seats_left: Option<u64>,
    health: PaymentHealth,
    /// The round in which each place was served.
    entered: Vec<Option<i64>>,
}

impl Simulation {
    fn new(capacity: u32, present: Vec<bool>) -> Self {
        let entrants = present.len() as u64;
        let entered = vec![None; present.len()];
        let plan = Plan::opening(0, 1, entrants, at(0));
        let (seats_left, health) = (None, PaymentHealth::default());
        Self { plan, round: 0, capacity, present, occupied: 0, claims: 0, seats_left, health, entered }
    }

    /// Some buyers leave, a plan is made, and until the next one everybody who is called up and there tries the gate.
    fn round(&mut self, leave: u32) {
        self.occupied -= leave.min(self.occupied);
        let seen = Observed {
            capacity: self.capacity,
            occupied: self.occupied,
            with_room: vec![0],
            seats_left: self.seats_left,
            health: self.health,
            issued: self.present.len() as u64,
            claims: self.claims,
        };
        self.plan = self.plan.next(seen, 1, at(self.round));
        self.round += 1;
        let serving = usize::try_from(self.plan.pointer.serving(at(self.round))).unwrap();
        for place in 0..serving {
            if self.present[place] && self.occupied < self.capacity {
                self.present[place] = false;
                self.entered[place] = Some(self.round);
                self.occupied += 1;
                self.claims += 1;
            }
        }
    }

    fn served(&self) -> u64 {
        self.plan.pointer.serving(at(self.round))
    }
}

#[test]
fn the_capacity_is_filled_within_two_rounds_while_people_wait() {
    for capacity in [1, 10, 500, 20_000] {
        let mut line = Simulation::new(capacity, vec![true; 100_000]);
        line.round(0);
        line.round(0);
        assert_eq!(line.occupied, capacity);
        // And kept full: whoever leaves is followed within a round.
        for _ in 0..20 {
            line.round((capacity / 10).max(1));
            assert_eq!(line.occupied, capacity);
        }
        let entered = line.entered.iter().filter(|round| round.is_some()).count() as u64;
        assert_eq!(line.served(), entered, "nobody is called up in vain while all are there");
    }
}

#[test]
fn a_thousand_people_who_went_away_do_not_stall_the_line() {
    let mut present = vec![false; 1_000];
    present.extend(vec![true; 500]);
    let mut line = Simulation::new(10, present);
    while line.occupied == 0 {
        line.round(0);
        assert!(line.round <= 15, "still at {}", line.served());
    }
    // They are full at once, and the estimate recovers: before long nearly all who are called up get in.
    assert_eq!(line.occupied, 10);
    while line.claims < 300 {
        line.round(5);
        assert!(line.round < 100);
    }
    assert!(line.plan.present() > 0.5, "{}", line.plan.present());
}

/// A line of which everybody hears of the opening within twenty seconds, at a moment of their own; how many of the first
/// hundred places are among the first hundred to come in.
fn winners_among_the_first(spread: u32) -> usize {
    let mut line = Simulation::new(100, vec![false; 5_000]);
    line.plan = line.plan.heard_within(spread);
    let mut hears: Vec<i64> = (0..5_000).map(|place| place * 7_919 % 21).collect();
    while line.claims < 100 {
        for (place, hears_at) in hears.iter_mut().enumerate() {
            if *hears_at == line.round {
                line.present[place] = true;
            }
        }
        line.round(0);
        assert!(line.round < 60);
    }
    line.entered.iter().take(100).flatten().count()
}

#[test]
fn the_first_of_a_draw_come_in_before_others_although_they_hear_of_it_late() {
    assert_eq!(winners_among_the_first(20), 100);
    assert!(winners_among_the_first(0) < 50);
}

#[test]
fn the_line_stops_when_nothing_is_left_and_goes_on_when_seats_come_back() {
    let mut line = Simulation::new(10, vec![true; 1_000]);
    line.round(0);
    line.seats_left = Some(0);
    for _ in 0..10 {
        line.round(1);
    }
    assert_eq!((line.served(), line.occupied), (10, 0));
    line.seats_left = Some(3);
    line.round(0);
    assert_eq!(line.served(), 13);
}

#[test]
fn failing_payments_slow_the_line_and_do_not_stop_it() {
    let mut healthy = Simulation::new(100, vec![true; 10_000]);
    let mut failing = Simulation::new(100, vec![true; 10_000]);
    failing.health = PaymentHealth { confirmed: 2, failed: 98 };
    for _ in 0..20 {
        healthy.round(50);
        failing.round(50);
    }
    assert!(failing.served() * 2 < healthy.served(), "{} of {}", failing.served(), healthy.served());
    assert!(failing.served() >= 100);
}

#[test]
fn newcomers_walk_in_only_when_nobody_waits_and_there_is_room() {
    let mut line = Simulation::new(10, vec![true; 15]);
    line.round(0);
    assert!(!line.plan.walk_ins, "five people wait");
    line.round(5);
    assert!(!line.plan.walk_ins, "the places are theirs");
    line.round(3);
    assert!(line.plan.walk_ins);
    line.seats_left = Some(0);
    line.round(3);
    assert!(!line.plan.walk_ins, "nothing is left");
}

#[test]
fn an_empty_queue_falls_asleep_after_a_minute() {
    let mut line = Simulation::new(10, Vec::new());
    while !line.plan.sleeps() {
        line.round(0);
        assert!(line.round < 100);
    }
    assert_eq!(line.round, 61);
    let mut busy = Simulation::new(10, vec![true; 1]);
    for _ in 0..100 {
        busy.round(0);
    }
    assert!(!busy.plan.sleeps(), "somebody buys");
}

#[test]
fn a_sold_out_line_sleeps_and_goes_on_when_seats_come_back() {
    let mut line = Simulation::new(10, vec![true; 100]);
    line.seats_left = Some(0);
    for _ in 0..61 {
        line.round(10);
    }
    assert!(line.plan.sleeps());
    line.seats_left = Some(5);
    line.round(0);
    assert!(!line.plan.sleeps());
    assert_eq!(line.occupied, 5);
}

#[test]
fn who_was_called_up_before_the_places_were_gone_is_not_written_off() {
    // Everybody is called up because most seem to be away; then it turns out that the next hundred are all there.
    let mut present = vec![false; 2_000];
    present.extend(vec![true; 1_000]);
    let mut line = Simulation::new(10, present);
    for _ in 0..40 {
        line.round(1);
    }
    let called = line.served();
    let last = line.entered.iter().rposition(Option::is_some).unwrap();
    assert!(called < 3_000, "the line waits for those it has called up, {called}");
    // They entered in their order.
    let order: Vec<i64> = line.entered.iter().flatten().copied().collect();
    assert!(order.is_sorted() && last < usize::try_from(called).unwrap());
}

proptest! {
    /// Whatever happens, the plan never takes back a place, never calls up one that was not given out, and its numbers
    /// stay finite.
    #[test]
    fn the_pointer_only_moves_forward(
        steps in proptest::collection::vec(
            (0_u32..200, 0_u32..300, proptest::option::of(0_u64..100), 0_u64..50, 0_u64..50, 0_i64..20_000),
            1..60,
        )
    ) {
        let (mut plan, mut claims, mut issued, mut time) = (Plan::opening(0, 1, 100, at(0)), 0, 100, START);
        for (capacity, occupied, seats_left, more, come, later) in steps {
            claims += come;
            issued += more;
            time += later;
            let now = Timestamp::from_millisecond(time).unwrap();
            let before = plan.pointer.serving(now);
            let health = PaymentHealth { confirmed: more, failed: come };
            let seen = Observed { capacity, occupied, with_room: Vec::new(), seats_left, health, issued, claims };
            let next = plan.next(seen, 1, now);
            prop_assert_eq!(next.round, plan.round + 1);
            prop_assert_eq!(next.pointer.base, before);
            prop_assert!(next.pointer.limit <= issued);
            prop_assert!(next.pointer.rate_per_second.is_finite() && next.pointer.pace.is_finite());
            prop_assert!(next.pointer.pace >= 0.0);
            prop_assert!((FEWEST_PRESENT..=1.0).contains(&next.present()));
            if capacity <= occupied || seats_left == Some(0) {
                prop_assert_eq!(next.pointer.limit, before);
                prop_assert!(!next.walk_ins);
            }
            plan = next;
        }
    }

    /// However many went away, the line reaches those who are there, and fills the sale with them.
    #[test]
    fn no_line_stalls(capacity in 1_u32..50, there in 0.02_f64..1.0, seed: u64) {
        let mut random = fastrand::Rng::with_seed(seed);
        let present: Vec<bool> = (0..2_000).map(|_| random.f64() < there).collect();
        let people = present.iter().filter(|there| **there).count() as u64;
        let mut line = Simulation::new(capacity, present);
        let mut rounds = 0;
        while line.claims < people {
            line.round(capacity.div_ceil(2));
            rounds += 1;
            prop_assert!(rounds < 5_000, "{} of {} after {}", line.claims, people, rounds);
        }
    }
}
