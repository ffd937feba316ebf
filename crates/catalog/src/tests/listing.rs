use contracts::catalog::{Category, EventStatus};
use contracts::ids::{EventId, UserId};
use jiff::Timestamp;

use super::fixture::{Fixture, admission, after_hours, new_event, now, performance};
use crate::Error;
use crate::domain::event::{EventPatch, NewEvent};
use crate::domain::programme::Manager;
use crate::domain::search::listing::{Filter, Sort};
use crate::search::Cursor;

async fn all(fixture: &Fixture, filter: &Filter, sort: Sort, limit: usize) -> Vec<EventId> {
    let (search, mut listed, mut cursor) = (fixture.search(), Vec::new(), None);
    loop {
        let (page, next) = search.list(filter, sort, limit, cursor.as_ref(), now()).await.unwrap();
        assert!(page.len() == limit || next.is_none(), "a page is full unless it is the last one");
        listed.extend(page.into_iter().map(|card| card.id));
        cursor = next;
        if cursor.is_none() {
            return listed;
        }
    }
}

fn between(from: Timestamp, to: Timestamp) -> Filter {
    Filter { from: Some(from), to: Some(to), ..Filter::default() }
}

#[tokio::test]
async fn by_date_each_event_stands_once_at_its_next_performance() {
    let fixture = Fixture::start().await;
    let run = fixture.on_sale("Run", &[10, 30, 50]).await;
    let early = fixture.on_sale("Early", &[20]).await;
    let late = fixture.on_sale("Late", &[40, 40]).await;
    fixture.draft("Draft").await;
    for limit in [1, 2, 3, 100] {
        assert_eq!(all(&fixture, &Filter::default(), Sort::Date, limit).await, [run, early, late]);
        assert_eq!(all(&fixture, &Filter::default(), Sort::Newest, limit).await, [late, early, run]);
        let from = Filter { from: Some(after_hours(15)), ..Filter::default() };
        assert_eq!(all(&fixture, &from, Sort::Date, limit).await, [early, run, late]);
        assert_eq!(all(&fixture, &between(after_hours(20), after_hours(30)), Sort::Date, limit).await, [early, run]);
        assert_eq!(all(&fixture, &between(after_hours(20), after_hours(30)), Sort::Newest, limit).await, [early, run]);
    }
    assert!(all(&fixture, &between(after_hours(60), after_hours(70)), Sort::Date, 10).await.is_empty());
}

#[tokio::test]
async fn pages_stay_whole_while_time_goes_by_and_events_come_and_go() {
    let fixture = Fixture::start().await;
    let first = fixture.on_sale("First", &[2, 30]).await;
    let second = fixture.on_sale("Second", &[20]).await;
    let search = fixture.search();
    let list = async |cursor: Option<Cursor>, at| {
        search.list(&Filter::default(), Sort::Date, 1, cursor.as_ref(), at).await.unwrap()
    };
    let (page, position) = list(None, now()).await;
    assert_eq!(page[0].id, first);

    let between = fixture.on_sale("Between", &[10]).await;
    fixture.on_sale("Before", &[1]).await;
    let (page, position) = list(position, after_hours(3)).await;
    assert_eq!(page[0].id, between);
    let (page, position) = list(position, after_hours(3)).await;
    assert_eq!(page[0].id, second);
    // The first event plays again at hour 30, but has been listed.
    assert_eq!(position, None);
}

#[tokio::test]
async fn filters_apply_to_every_order() {
    let fixture = Fixture::start().await;
    let concert = fixture.on_sale("봄 음악회", &[10]).await;
    let new = NewEvent { category: Category::Film, venue: "Cinema One".into(), ..new_event("Noir") };
    let film = fixture.catalog.create_event(fixture.organizer, EventId::generate(), new, now()).await.unwrap().id;
    fixture.add(film, performance(after_hours(5))).await;
    fixture.sell(admission(film, 1)).await;
    fixture.publish(film).await;
    let sold_out = EventPatch { status: Some(EventStatus::SoldOut), ..EventPatch::default() };
    fixture.catalog.update_event(fixture.organizer, film, &sold_out, now()).await.unwrap();

    let none = Filter::default();
    let table = [
        (Filter { text: Some("음악".into()), ..none.clone() }, vec![concert]),
        (Filter { text: Some("cinema".into()), ..none.clone() }, vec![film]),
        (Filter { category: Some(Category::Film), ..none.clone() }, vec![film]),
        (Filter { status: Some(EventStatus::OnSale), ..none.clone() }, vec![concert]),
        (Filter { status: Some(EventStatus::SoldOut), ..none.clone() }, vec![film]),
        (Filter { text: Some("opera".into()), ..none }, vec![]),
    ];
    for (filter, expected) in table {
        for sort in [Sort::Date, Sort::Newest, Sort::Popular] {
            assert_eq!(all(&fixture, &filter, sort, 1).await, expected, "{filter:?} {sort:?}");
        }
    }
}

#[tokio::test]
async fn a_long_run_does_not_hide_what_follows_it() {
    let fixture = Fixture::start().await;
    let hours: Vec<i64> = (1..=120).collect();
    let run = fixture.on_sale("Run", &hours).await;
    let other = fixture.on_sale("Other", &[100_000 / 24]).await;
    assert_eq!(all(&fixture, &Filter::default(), Sort::Date, 2).await, [run, other]);
}

#[tokio::test]
async fn a_cursor_of_another_list_is_refused() {
    let fixture = Fixture::start().await;
    for title in ["1", "2"] {
        fixture.on_sale(title, &[1]).await;
    }
    let search = fixture.search();
    let none = Filter::default();
    let film = Filter { category: Some(Category::Film), ..none.clone() };
    let hall = Filter { text: Some("hall".into()), ..none.clone() };
    let sorts = [Sort::Date, Sort::Newest, Sort::Popular];
    for (of, filter) in sorts.map(|sort| (sort, &none)).into_iter().chain([(Sort::Date, &hall)]) {
        let (_, cursor) = search.list(filter, of, 1, None, now()).await.unwrap();
        for (other, wanted) in sorts.into_iter().flat_map(|sort| [&none, &film, &hall].map(|filter| (sort, filter))) {
            let answer = search.list(wanted, other, 1, cursor.as_ref(), now()).await;
            let refused = matches!(answer, Err(Error::Invalid(_)));
            assert_eq!(refused, (of, filter) != (other, wanted), "{of:?} {filter:?}, {other:?} {wanted:?}");
        }
    }
}

#[tokio::test]
async fn managers_see_their_drafts_and_admins_everything() {
    let fixture = Fixture::start().await;
    let mine = [fixture.draft("1").await.id, fixture.draft("2").await.id, fixture.on_sale("3", &[1]).await];
    let stranger = Manager::Organizer(UserId::generate());
    let theirs = fixture.catalog.create_event(stranger, EventId::generate(), new_event("4"), now()).await.unwrap().id;
    for (manager, expected) in [
        (fixture.organizer, vec![mine[2], mine[1], mine[0]]),
        (stranger, vec![theirs]),
        (Manager::Admin(UserId::generate()), vec![theirs, mine[2], mine[1], mine[0]]),
    ] {
        let (mut listed, mut after) = (Vec::new(), None);
        loop {
            let (page, next) = fixture.catalog.list_managed_events(manager, 2, after).await.unwrap();
            listed.extend(page.into_iter().map(|card| card.id));
            after = next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(listed, expected);
    }
}
