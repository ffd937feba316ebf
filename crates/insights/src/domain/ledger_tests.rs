use contracts::catalog::{Category, EventStatus};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;

const OPENING: i64 = 1_800_000_000;

fn event() -> EventId {
    EventId::from_uuid(Uuid::from_u128(1))
}

fn performance(number: u128) -> PerformanceId {
    PerformanceId::from_uuid(Uuid::from_u128(number))
}

fn second(offset: i64) -> Timestamp {
    Timestamp::from_second(OPENING + offset).unwrap()
}

fn described(version: u64, status: EventStatus) -> News {
    let (title, venue) = (format!("title {version}"), "venue".to_owned());
    News::Event(event(), EventFacts { version, title, venue, category: Category::Concert, status })
}

fn facts(number: u128, version: u64, total: u64, opens: Option<i64>, published: Option<i64>) -> News {
    let (sale_opens_at, published_at) = (opens.map(second), published.map(second));
    let facts = PerformanceFacts { event_id: event(), version, total, sale_opens_at, published_at };
    News::Performance(performance(number), facts)
}

fn sale(reservation: u128, tickets: u64, outcome: Outcome, offset: i64) -> News {
    let reservation_id = ReservationId::from_uuid(Uuid::from_u128(reservation));
    News::Sale(Sale { reservation_id, performance_id: performance(1), tickets, outcome, at: second(offset) })
}

fn confirmed(reservation: u128, tickets: u64, offset: i64) -> News {
    sale(reservation, tickets, Outcome::Confirmed, offset)
}

fn cancelled(reservation: u128, tickets: u64) -> News {
    sale(reservation, tickets, Outcome::Cancelled, 500)
}

fn after(news: &[News]) -> Ledger {
    let mut ledger = Ledger::default();
    for news in news {
        ledger.apply(news, &TimeZone::UTC).unwrap();
    }
    ledger
}

/// Tickets counted for the event, and how fast its first performance sold out.
fn outcome(news: &[News]) -> (u64, Option<u64>) {
    let ledger = after(news);
    let moved = ledger.moved.get(&Window::All).copied().unwrap_or_default();
    assert_eq!(moved, i64::try_from(ledger.tally.tickets).unwrap());
    assert_eq!(ledger.performances[&performance(1)].sold, ledger.tally.tickets);
    (ledger.tally.tickets, ledger.performances[&performance(1)].sold_out().map(|sold_out| sold_out.seconds))
}

#[test]
fn every_reservation_counts_at_most_once_and_sold_out_is_when_nothing_is_left() {
    let open = || facts(1, 2, 4, None, Some(0));
    let table = [
        ("nothing sold", vec![open()], (0, None)),
        ("some sold", vec![open(), confirmed(1, 3, 10)], (3, None)),
        ("twice the same", vec![open(), confirmed(1, 3, 10), confirmed(1, 3, 10)], (3, None)),
        ("all sold", vec![open(), confirmed(1, 3, 10), confirmed(2, 1, 25)], (4, Some(25))),
        (
            "the latest counts, not the last heard",
            vec![open(), confirmed(2, 1, 25), confirmed(1, 3, 10)],
            (4, Some(25)),
        ),
        ("given back", vec![open(), confirmed(1, 4, 10), cancelled(1, 4)], (0, None)),
        ("given back, heard first", vec![open(), cancelled(1, 4), confirmed(1, 4, 10)], (0, None)),
        ("given back, twice", vec![open(), confirmed(1, 4, 10), cancelled(1, 4), cancelled(1, 4)], (0, None)),
        ("never sold", vec![open(), cancelled(1, 4)], (0, None)),
        (
            "given back and sold again",
            vec![open(), confirmed(1, 4, 10), cancelled(1, 4), confirmed(2, 4, 90)],
            (4, Some(90)),
        ),
        ("more room", vec![open(), confirmed(1, 4, 10), facts(1, 3, 5, None, Some(60))], (4, None)),
        ("less room", vec![open(), confirmed(1, 3, 10), facts(1, 3, 2, None, Some(60))], (3, Some(10))),
        ("old news of less room", vec![open(), confirmed(1, 3, 10), facts(1, 1, 2, None, None)], (3, None)),
        ("withdrawn", vec![open(), confirmed(1, 4, 10), facts(1, 3, 0, None, None)], (4, None)),
        (
            "sale opens after it was published",
            vec![facts(1, 2, 4, Some(60), Some(0)), confirmed(1, 4, 70)],
            (4, Some(10)),
        ),
        (
            "sale opened before it was published",
            vec![facts(1, 2, 4, Some(-60), Some(0)), confirmed(1, 4, 70)],
            (4, Some(70)),
        ),
        (
            "first published by the older news",
            vec![facts(1, 4, 4, None, Some(50)), confirmed(1, 4, 70), facts(1, 2, 9, None, Some(0))],
            (4, Some(70)),
        ),
        ("sold before it opened", vec![facts(1, 2, 4, Some(60), Some(0)), confirmed(1, 4, 30)], (4, Some(0))),
    ];
    for (name, news, expected) in table {
        assert_eq!(outcome(&news), expected, "{name}");
    }
}

#[test]
fn tickets_leave_the_windows_that_they_were_counted_in() {
    const DAY: i64 = 86_400;
    let open = facts(1, 2, 100, None, Some(0));
    let zone = TimeZone::get("Asia/Seoul").unwrap();
    let mut ledger = Ledger::default();
    // 2027-01-15 08:00 UTC is a Friday afternoon in Seoul.
    for news in [open, confirmed(1, 2, 0), confirmed(2, 3, DAY), confirmed(3, 4, 3 * DAY)] {
        ledger.apply(&news, &zone).unwrap();
    }
    let moved = |ledger: &Ledger| -> Vec<(String, i64)> {
        ledger.moved.iter().map(|(window, tickets)| (window.to_string(), *tickets)).collect()
    };
    let text =
        |list: &[(&str, i64)]| -> Vec<(String, i64)> { list.iter().map(|(w, n)| ((*w).to_owned(), *n)).collect() };
    let expected =
        [("2027-01-15", 2), ("2027-01-16", 3), ("2027-01-18", 4), ("2027-W02", 5), ("2027-W03", 4), ("ALL", 9)];
    assert_eq!(moved(&ledger), text(&expected));

    ledger.moved.clear();
    // Counted in Seoul, given back after the rankings were moved to another zone.
    ledger.apply(&cancelled(1, 2), &TimeZone::get("America/Los_Angeles").unwrap()).unwrap();
    assert_eq!(moved(&ledger), text(&[("2027-01-15", -2), ("2027-W02", -2), ("ALL", -2)]));
}

#[test]
fn newer_descriptions_win_and_sales_of_the_unknown_change_nothing() {
    use EventStatus::{Cancelled, OnSale};
    let ledger = after(&[described(3, Cancelled), described(2, OnSale), described(3, OnSale)]);
    assert_eq!(ledger.tally.facts.map(|facts| (facts.version, facts.status)), Some((3, Cancelled)));

    let mut ledger = Ledger::default();
    let refused = ledger.apply(&confirmed(1, 1, 0), &TimeZone::UTC);
    assert_eq!((refused, ledger), (Err(UnknownPerformance(performance(1))), Ledger::default()));
}

fn any_news() -> impl Strategy<Value = News> {
    prop_oneof![
        // What is said under one version is always the same.
        (1_u64..5).prop_map(|version| described(version, EventStatus::OnSale)),
        (1_u64..5).prop_map(|version| {
            let published = (version % 2 == 0).then_some(i64::try_from(version).unwrap());
            facts(1, version, version * 2, Some(3), published)
        }),
        // What is sold, and when, is decided by which reservation it is.
        (1_u8..9).prop_map(|number| confirmed(number.into(), number.into(), i64::from(number) * 20_000)),
        (1_u8..9).prop_map(|number| cancelled(number.into(), number.into())),
    ]
}

proptest! {
    #[test]
    fn order_and_repetition_change_nothing(
        (news, again) in prop::collection::vec(any_news(), 0..40).prop_flat_map(|news| {
            let doubled = [news.clone(), news.clone()].concat();
            (Just(news), Just(doubled).prop_shuffle())
        })
    ) {
        // Both start from a known performance, as the sales of an unknown one wait.
        let known = || vec![facts(1, 0, 0, None, None)];
        let once = after(&[known(), news].concat());
        prop_assert_eq!(&once, &after(&[known(), again].concat()));

        let sold = once.marks.values().map(|mark| match mark {
            Mark::Sold { tickets, .. } => *tickets,
            Mark::Returned => 0,
        });
        prop_assert_eq!(once.tally.tickets, sold.sum::<u64>());
        prop_assert_eq!(once.tally.tickets, once.performances[&performance(1)].sold);
    }
}
