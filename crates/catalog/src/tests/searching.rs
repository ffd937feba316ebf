//! What an environment of list-events knows, and when.

use contracts::catalog::EventStatus;
use contracts::ids::{EventId, KeywordId};
use contracts::insights::EventPopularity;
use jiff::{SignedDuration, Timestamp};
use testkit::{Fault, Faults, Moment};

use super::fixture::{Fixture, after_hours, now};
use crate::Error;
use crate::domain::event::EventPatch;
use crate::domain::keyword::NewKeyword;
use crate::domain::search::listing::{Filter, Sort};
use crate::search::Search;
use crate::store::Store;

fn later(milliseconds: i64) -> Timestamp {
    now() + SignedDuration::from_millis(milliseconds)
}

async fn found(search: &Search, text: &str, sort: Sort, at: Timestamp) -> Vec<EventId> {
    let filter = Filter { text: Some(text.into()), ..Filter::default() };
    search.list(&filter, sort, 100, None, at).await.unwrap().0.into_iter().map(|card| card.id).collect()
}

/// A search whose calls are counted, one of which may fail.
fn watched(fixture: &Fixture, faults: &Faults) -> Search {
    Search::new(Store::new(fixture.table.failing_client(faults), &fixture.table.name), None)
}

async fn rename(fixture: &Fixture, event: EventId, title: &str, at: Timestamp) {
    let patch = EventPatch { title: Some(title.into()), ..EventPatch::default() };
    fixture.catalog.update_event(fixture.organizer, event, &patch, at).await.unwrap();
}

#[tokio::test]
async fn changes_are_seen_half_a_second_later_for_one_call() {
    let fixture = Fixture::start().await;
    let event = fixture.on_sale("봄 음악회", &[24]).await;
    let calls = Faults::none();
    let search = watched(&fixture, &calls);
    assert_eq!(found(&search, "봄", Sort::Date, later(0)).await, [event]);
    assert_eq!(calls.calls(), 1);

    rename(&fixture, event, "여름 음악회", later(100)).await;
    let other = fixture.on_sale("여름 축제", &[12]).await;
    assert_eq!(found(&search, "봄", Sort::Date, later(499)).await, [event]);
    assert_eq!(calls.calls(), 1, "nothing is asked within half a second");
    assert_eq!(found(&search, "여름", Sort::Date, later(500)).await, [other, event]);
    assert!(found(&search, "봄", Sort::Date, later(501)).await.is_empty());
    assert_eq!(calls.calls(), 2);

    let sold_out = EventPatch { status: Some(EventStatus::Ended), ..EventPatch::default() };
    fixture.catalog.update_event(fixture.organizer, other, &sold_out, later(2_000)).await.unwrap();
    let ended = Filter { status: Some(EventStatus::Ended), ..Filter::default() };
    assert_eq!(search.list(&ended, Sort::Newest, 9, None, later(3_000)).await.unwrap().0.len(), 1);
}

#[tokio::test]
async fn a_writer_that_was_slow_to_commit_is_not_overlooked() {
    let fixture = Fixture::start().await;
    let slow = fixture.on_sale("Slow", &[24]).await;
    let quick = fixture.on_sale("Quick", &[24]).await;
    let search = fixture.search();
    rename(&fixture, quick, "Quick word", later(20_000)).await;
    assert_eq!(found(&search, "word", Sort::Date, later(20_000)).await, [quick]);
    // Stamped first, written last.
    rename(&fixture, slow, "Slow word", later(10_000)).await;
    assert_eq!(found(&search, "slow word", Sort::Date, later(21_000)).await, [slow]);

    // Later than any writer may be: found by the long look back, at most a minute later.
    rename(&fixture, slow, "Sloth", later(-600_000)).await;
    assert!(found(&search, "sloth", Sort::Date, later(22_000)).await.is_empty());
    assert_eq!(found(&search, "sloth", Sort::Date, later(80_000)).await, [slow]);
}

#[tokio::test]
async fn a_clock_that_is_ahead_hides_nothing() {
    let fixture = Fixture::start().await;
    let event = fixture.on_sale("First", &[2_000]).await;
    let search = fixture.search();
    rename(&fixture, event, "Second", after_hours(1_000)).await;
    assert_eq!(found(&search, "second", Sort::Date, later(1_000)).await, [event]);
    rename(&fixture, event, "Third", later(2_000)).await;
    assert_eq!(found(&search, "third", Sort::Date, later(3_000)).await, [event]);
    // Nor does one that goes backwards.
    rename(&fixture, event, "Fourth", later(-2_000)).await;
    assert_eq!(found(&search, "fourth", Sort::Date, later(-1_000)).await, [event]);
}

#[tokio::test]
async fn what_is_known_is_answered_while_the_table_is_silent() {
    let fixture = Fixture::start().await;
    let event = fixture.on_sale("Spring", &[24]).await;
    for (moment, season) in [(Moment::BeforeEffect, "summer"), (Moment::AfterEffect, "autumn")] {
        let first = Faults::one(Fault { call: 1, moment });
        let search = watched(&fixture, &first);
        let refused = search.list(&Filter::default(), Sort::Date, 1, None, later(0)).await;
        assert!(matches!(refused, Err(Error::Store(_))), "nothing is known yet");
        assert_eq!(found(&search, "spring", Sort::Date, later(0)).await, [event]);

        let second = Faults::one(Fault { call: 2, moment });
        let search = watched(&fixture, &second);
        search.warm_up(later(0)).await;
        let new = fixture.on_sale(season, &[12]).await;
        assert_eq!(found(&search, "spring", Sort::Date, later(1_000)).await, [event]);
        assert!(second.struck());
        assert!(found(&search, season, Sort::Date, later(1_499)).await.is_empty(), "not asked again at once");
        assert_eq!(second.calls(), 2);
        assert_eq!(found(&search, season, Sort::Date, later(2_000)).await, [new]);
    }
}

#[tokio::test]
async fn one_unreadable_item_does_not_hide_the_others() {
    let fixture = Fixture::start().await;
    let event = fixture.on_sale("Spring", &[24]).await;
    for (pk, sk) in [("EVT#nonsense", "POPULARITY"), ("EVT#nonsense", "CARD"), ("LAY#x", "LAY")] {
        let mut item = kit::dynamo::key(pk, sk);
        item.insert("changesPk".into(), kit::dynamo::s("CHANGES"));
        item.insert("changesSk".into(), kit::dynamo::s("000000000000001#x"));
        fixture.table.client().put_item().table_name(&fixture.table.name).set_item(Some(item)).send().await.unwrap();
    }
    assert_eq!(found(&fixture.search(), "spring", Sort::Date, now()).await, [event]);
}

#[tokio::test]
async fn the_latest_count_of_tickets_decides_whatever_order_they_come_in() {
    let fixture = Fixture::start().await;
    let old = fixture.on_sale("Spring 1", &[24]).await;
    let new = fixture.on_sale("Spring 2", &[24]).await;
    let unknown = EventId::generate();
    let search = fixture.search();
    assert_eq!(found(&search, "spring", Sort::Popular, later(0)).await, [new, old]);
    let counts = [(old, 5, 2), (old, 3, 1), (new, 4, 1), (new, 4, 1), (unknown, 9, 1)];
    for (event_id, tickets, revision) in counts {
        let popularity = EventPopularity { event_id, tickets, revision };
        fixture.catalog.apply_popularity(&popularity, later(100)).await.unwrap();
    }
    assert_eq!(found(&search, "spring", Sort::Popular, later(1_000)).await, [old, new]);
    // Returned: fewer than before, in a later count.
    let popularity = EventPopularity { event_id: old, tickets: 0, revision: 3 };
    fixture.catalog.apply_popularity(&popularity, later(1_100)).await.unwrap();
    assert_eq!(found(&search, "spring", Sort::Popular, later(2_000)).await, [new, old]);
    assert_eq!(found(&fixture.search(), "spring", Sort::Popular, later(2_000)).await, [new, old]);
    // The event and its publishing are not in the way of each other.
    rename(&fixture, old, "Autumn", later(2_000)).await;
    assert_eq!(found(&fixture.search(), "autumn", Sort::Popular, later(2_000)).await, [old]);
}

#[tokio::test]
async fn keyword_mappings_reach_the_search() {
    let fixture = Fixture::start().await;
    let event = fixture.on_sale("아이유 콘서트", &[24]).await;
    let search = fixture.search();
    assert!(found(&search, "iu", Sort::Date, later(0)).await.is_empty());
    let new = NewKeyword { term: "아이유".into(), aliases: vec!["IU".into()] };
    let id = KeywordId::generate();
    fixture.catalog.create_keyword(id, new, later(100)).await.unwrap();
    assert_eq!(found(&search, "IU 콘서트", Sort::Date, later(1_000)).await, [event]);
    fixture.catalog.remove_keyword(id, later(1_100)).await.unwrap();
    assert!(found(&search, "iu", Sort::Date, later(2_000)).await.is_empty());
    assert!(found(&fixture.search(), "iu", Sort::Date, later(2_000)).await.is_empty());
}
