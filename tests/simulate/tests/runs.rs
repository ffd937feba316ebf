//! Whole on-sales, small enough for every run of the tests.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use simulate::outcome::Outcome;
use simulate::scenario::{Design, Habits, Scenario};
use simulate::world;

/// 400 seats and 3,000 people, of whom some are programs; a draw of a minute.
fn small(design: Design, bots_percent: u32) -> Scenario {
    Scenario {
        people: 3_000,
        rows: 8,
        capacity: 100,
        pre_queue_seconds: 60,
        horizon_seconds: 1_200,
        habits: Habits { look_seconds: (1.0, 5.0), pay_seconds: (2.0, 8.0), ..Habits::default() },
        ..Scenario::of(1, 1_000_000, bots_percent, design)
    }
}

fn run(scenario: &Scenario) -> Outcome {
    world::run(scenario, &mut |_| {}).unwrap()
}

#[test]
fn every_seat_is_sold_once_and_nobody_is_inside_beyond_the_capacity() {
    for design in [Design::BEFORE, Design::SERVER, Design::AFTER] {
        let outcome = run(&small(design, 10));
        assert_eq!(outcome.flaws(), Vec::<String>::new(), "{design:?}");
        assert_eq!((outcome.sold, outcome.tally.tickets), (400, 400), "{design:?}");
        assert!(outcome.all_paid.is_some() && outcome.sold_out < outcome.all_paid);
        // Whoever came in has bought, found nothing, or left without paying.
        let ends = outcome.tally.orders + outcome.tally.found_nothing + outcome.tally.left;
        assert!(ends <= outcome.admitted && outcome.most_inside <= 100, "{:?}", outcome.tally);
    }
}

#[test]
fn the_same_seed_is_the_same_sale_and_another_seed_another() {
    let told = |seed| serde_json::to_string(&run(&Scenario { seed, ..small(Design::AFTER, 10) })).unwrap();
    let once = told(7);
    assert_eq!(once, told(7));
    assert_ne!(once.replace("\"seed\":7", ""), told(8).replace("\"seed\":8", ""));
}

#[test]
fn people_come_in_by_the_draw_and_the_draw_is_blind() {
    let fairness = run(&small(Design::AFTER, 0)).fairness;
    assert!(fairness.entrants > 2_700, "{fairness:?}");
    assert!(fairness.of_arrival_and_place.abs() < 0.06, "{fairness:?}");
    assert!(fairness.of_place_and_admission > 0.95, "{fairness:?}");
    assert!(fairness.chi_square < 160.0, "{fairness:?}");
}

#[test]
fn a_gateway_too_small_for_the_questions_refuses_them_and_what_is_large_enough_does_not() {
    let refused = |rate: f64| {
        let mut scenario = small(Design::BEFORE, 0);
        scenario.quotas.route = (rate, rate);
        run(&scenario).meters["route check, requests"].refused
    };
    assert!(refused(20.0) > 1_000.0);
    assert!(refused(5_000.0).abs() < 1e-9);
}

#[test]
fn programs_that_hammer_keep_their_share_of_the_line_while_everybody_is_answered() {
    let outcome = run(&small(Design::AFTER, 20));
    let fairness = outcome.fairness;
    assert!((0.19..0.23).contains(&fairness.bots_entered), "{fairness:?}");
    // A fifth of the entrants, and of those who are still there at the opening a little more.
    assert!((0.18..0.33).contains(&fairness.bots_admitted), "{fairness:?}");
}
