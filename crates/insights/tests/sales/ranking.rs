//! What a ranking shows.

use contracts::catalog::EventStatus;
use contracts::event::EventType;
use insights::domain::{By, Period};
use insights::sales::ranking::Rankings;
use testkit::{Faults, Pause};

use crate::history::{DAY, at, cancelled, confirmed, event, event_id, on_sale, performance_id, published, zone};
use crate::world::World;

#[tokio::test]
async fn equal_ones_are_in_the_order_of_their_ids_wherever_the_page_ends() {
    let world = World::start().await;
    let mut numbers: Vec<u8> = (1..=60).collect();
    fastrand::Rng::with_seed(1).shuffle(&mut numbers);
    for number in numbers {
        let number = u128::from(number);
        let tickets = if number == 60 { 2 } else { 1 };
        world.deliver(&[published(number), on_sale(number, number, 9), confirmed(number, number, tickets, 0)]).await;
    }
    for limit in [1, 2, 10, 59, 60, 100] {
        let top = world.top(By::Sales, Period::Day, limit, at(0)).await;
        let expected: Vec<_> = [60].into_iter().chain(1..60).take(limit).map(event_id).collect();
        assert_eq!(top.iter().map(|entry| entry.event_id).collect::<Vec<_>>(), expected, "{limit}");
    }
}

#[tokio::test]
async fn events_that_are_not_shown_make_room_for_the_next() {
    let world = World::start().await;
    for number in 1..=12_u8 {
        let (id, tickets) = (u128::from(number), number % 8 + 1);
        world.deliver(&[published(id), on_sale(id, id, 20), confirmed(id, id, tickets, 0)]).await;
        if number > 3 {
            world.deliver(&[event(EventType::EventCancelled, id, 3, EventStatus::Cancelled)]).await;
        }
    }
    let top = world.top(By::Sales, Period::All, 2, at(0)).await;
    assert_eq!(
        top.iter().map(|entry| (entry.event_id, entry.score)).collect::<Vec<_>>(),
        [(event_id(3), 4), (event_id(2), 3)]
    );
    assert_eq!(world.top(By::Sales, Period::All, 20, at(0)).await.len(), 3);
}

#[tokio::test]
async fn an_event_is_listed_once_by_its_fastest_performance() {
    let world = World::start().await;
    let sales = [confirmed(1, 1, 2, 100), confirmed(2, 2, 2, 50), confirmed(3, 3, 2, DAY), confirmed(4, 4, 2, 70)];
    let start = [published(1), published(2), on_sale(1, 1, 2), on_sale(1, 2, 2), on_sale(1, 3, 2), on_sale(2, 4, 2)];
    world.deliver(&[start.to_vec(), sales.to_vec()].concat()).await;

    let top = async |period, now| -> Vec<_> {
        let entries = world.top(By::Sellout, period, 10, now).await;
        entries.iter().map(|entry| (entry.sold_out.unwrap(), entry.score)).collect()
    };
    let (second, fourth) = ((performance_id(2), at(50)), (performance_id(4), at(70)));
    assert_eq!(top(Period::All, at(0)).await, [(second, 50), (fourth, 70)]);
    assert_eq!(top(Period::Day, at(0)).await, [(second, 50), (fourth, 70)]);
    assert_eq!(top(Period::Day, at(DAY)).await, [((performance_id(3), at(DAY)), 86_400)]);
    assert_eq!(top(Period::Day, at(2 * DAY)).await, []);

    // Tickets come back to the fastest one; then it sells out again, the next day.
    world.deliver(&[cancelled(2, 2, 2, 200)]).await;
    assert_eq!(top(Period::Week, at(0)).await, [(fourth, 70), ((performance_id(1), at(100)), 100)]);
    world.deliver(&[confirmed(5, 2, 2, DAY - 1)]).await;
    assert_eq!(top(Period::Day, at(DAY)).await, [((performance_id(2), at(DAY - 1)), 86_399)]);
}

#[tokio::test]
async fn a_ranking_costs_four_calls() {
    let world = World::start().await;
    for number in 1..=30_u8 {
        let id = number.into();
        world.deliver(&[published(id), on_sale(id, id, 99), confirmed(id, id, number, 0)]).await;
    }
    let calls = Faults::none();
    let store = world.store(world.table.failing_client(&calls));
    let rankings = Rankings::new(store, zone());
    assert_eq!(rankings.top(By::Sales, Period::Week, 20, at(0)).await.unwrap().len(), 20);
    assert_eq!(calls.calls(), 4, "which generation, the board, the events on it, whether it still is the generation");
}

#[tokio::test]
async fn a_short_ranking_does_not_go_through_equal_scores_bit_by_bit() {
    let world = World::start().await;
    let history = (1..=60).flat_map(|id| [published(id), on_sale(id, id, 9), confirmed(id, id, 1, 0)]);
    world.deliver(&history.collect::<Vec<_>>()).await;
    for limit in [1, 2, 20] {
        let calls = Faults::none();
        let rankings = Rankings::new(world.store(world.table.failing_client(&calls)), zone());
        assert_eq!(rankings.top(By::Sales, Period::All, limit, at(0)).await.unwrap().len(), limit);
        assert_eq!(calls.calls(), 4, "{limit}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_moves_down_between_two_pages_is_listed_once() {
    // The first event leads the board, with all of its tickets sold soonest; one page does not hold the others.
    let first = [published(1), on_sale(1, 1, 3), confirmed(1, 1, 2, 10), confirmed(1_000, 1, 1, 10)];
    let others = (2..=110).flat_map(|id| [published(id), on_sale(id, id, 2), confirmed(id, id, 2, 20)]);
    // So many are called off that the others do not fill the ranking.
    let off = (2..=20).map(|id| event(EventType::EventCancelled, id, 3, EventStatus::Cancelled));
    let history: Vec<_> = first.into_iter().chain(others).chain(off).collect();
    for (by, moves) in [
        (By::Sales, vec![cancelled(1, 1, 2, 25)]),
        (By::Sellout, vec![cancelled(1, 1, 2, 25), confirmed(1_001, 1, 2, 30)]),
    ] {
        let world = World::start().await;
        world.deliver(&history).await;
        // Which generation, a page, the events on it; the next page.
        let pause = Pause::before(4);
        let reader = {
            let rankings = Rankings::new(world.store(world.table.pausing_client(&pause)), zone());
            tokio::spawn(async move { rankings.top(by, Period::All, 100, at(0)).await.unwrap() })
        };
        assert!(pause.reached_or(&reader).await, "{by:?}");
        world.deliver(&moves).await;
        pause.end();
        let top: Vec<_> = reader.await.unwrap().into_iter().map(|(entry, _)| entry.event_id).collect();
        assert_eq!(top, [1].into_iter().chain(21..=110).map(event_id).collect::<Vec<_>>(), "{by:?}");
    }
}
