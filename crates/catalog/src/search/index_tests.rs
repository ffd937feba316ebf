use contracts::catalog::{Category, EventStatus};
use contracts::ids::{KeywordId, PerformanceId, UserId};

use super::*;
use crate::domain::card::Show;

fn at(hour: i64) -> Timestamp {
    Timestamp::from_second(hour * 3600).unwrap()
}

fn card(title: &str, hours: &[i64]) -> Card {
    let mut shows: Vec<_> =
        hours.iter().map(|&hour| Show { starts_at: at(hour), id: PerformanceId::generate() }).collect();
    shows.sort_unstable();
    Card {
        id: EventId::generate(),
        version: 1,
        organizer_id: UserId::generate(),
        title: title.into(),
        category: Category::Concert,
        venue: "Hall".into(),
        time_zone: "Asia/Seoul".into(),
        currency: "KRW".into(),
        status: EventStatus::OnSale,
        shows,
        min_price: Some(1),
        image_id: None,
    }
}

fn index(cards: &[Card]) -> Index {
    let mut index = Index::default();
    for card in cards {
        index.apply(Change::Card { card: card.clone(), revision: 1 });
    }
    index
}

fn text(text: &str) -> Filter {
    Filter { text: Some(text.into()), ..Filter::default() }
}

/// Titles of all pages together, which are full but for the last one.
fn titles(index: &Index, filter: &Filter, sort: Sort, limit: usize) -> Vec<String> {
    let (mut titles, mut position) = (Vec::new(), None);
    loop {
        let (page, next) = index.page(filter, sort, limit, position.as_ref(), at(0));
        assert!(page.len() == limit || next.is_none());
        titles.extend(page.into_iter().map(|card| card.title.clone()));
        position = next;
        if position.is_none() {
            return titles;
        }
    }
}

#[test]
fn orders() {
    let cards = [card("run", &[10, 30]), card("early", &[20]), card("late", &[40, 41]), card("over", &[-5])];
    let mut index = index(&cards);
    for (card, tickets) in [(0, 5), (2, 5), (3, 9)] {
        index.apply(Change::Popularity { event_id: cards[card].id, tickets, revision: 1 });
    }
    let all = Filter::default();
    for limit in [1, 2, 3, 4, 100] {
        assert_eq!(titles(&index, &all, Sort::Date, limit), ["run", "early", "late"]);
        assert_eq!(titles(&index, &all, Sort::Newest, limit), ["over", "late", "early", "run"]);
        assert_eq!(titles(&index, &all, Sort::Popular, limit), ["over", "late", "run", "early"]);
        let from = Filter { from: Some(at(15)), ..all.clone() };
        assert_eq!(titles(&index, &from, Sort::Date, limit), ["early", "run", "late"]);
        assert_eq!(titles(&index, &from, Sort::Popular, limit), ["late", "run", "early"]);
    }
}

#[test]
fn the_later_revision_counts() {
    let first = card("First title", &[10]);
    let second = Card { title: "Other words".into(), shows: card("", &[20]).shows, ..first.clone() };
    let draft = Card { status: EventStatus::Draft, ..second.clone() };
    let mut changes = vec![
        Change::Card { card: first.clone(), revision: 1 },
        Change::Card { card: second, revision: 2 },
        Change::Popularity { event_id: first.id, tickets: 7, revision: 2 },
        Change::Popularity { event_id: first.id, tickets: 3, revision: 1 },
    ];
    for _ in 0..changes.len() {
        changes.rotate_left(1);
        for changes in [changes.clone(), changes.iter().rev().cloned().collect()] {
            let mut index = Index::default();
            for change in changes {
                index.apply(change);
            }
            assert_eq!(titles(&index, &text("words"), Sort::Popular, 1), ["Other words"]);
            assert!(titles(&index, &text("title"), Sort::Newest, 1).is_empty());
            let (_, next) = index.page(&Filter::default(), Sort::Date, 1, None, at(0));
            assert!(next.is_none(), "the place of the old date is still there");
            assert_eq!(index.orders.len(), 3);
            assert!(
                index.orders.iter().any(|(place, _)| matches!(place, Place::Popular(tickets, _) if tickets.0 == 7))
            );

            index.apply(Change::Card { card: draft.clone(), revision: 3 });
            assert!(titles(&index, &Filter::default(), Sort::Newest, 1).is_empty());
            assert_eq!(index.len(), 1);
        }
    }
}

#[test]
fn words_find_the_same_whether_they_are_rare_or_common() {
    // One in twenty is a festival, and all are concerts: the first is looked up, the others are gone through.
    let mut cards: Vec<_> = (1..=200)
        .map(|number| card(&format!("{} {number}", if number % 20 == 0 { "가을 축제" } else { "콘서트" }), &[number]))
        .collect();
    let mut index = index(&cards);
    for (query, expected) in [
        ("축제", 10),
        ("ㅊㅈ", 10),
        ("추", 10),
        ("축젲", 0),
        ("콘섵", 200),
        ("서트", 190),
        ("ㅋ", 200),
        ("hall", 200),
        ("제 1", 5),
    ] {
        for sort in [Sort::Date, Sort::Popular, Sort::Newest] {
            assert_eq!(titles(&index, &text(query), sort, 7).len(), expected, "{query} {sort:?}");
        }
    }
    for card in &mut cards[..100] {
        card.title = format!("봄 {}", card.title);
        card.category = Category::Other;
        index.apply(Change::Card { card: card.clone(), revision: 2 });
    }
    for (query, expected) in [("봄 축제", 5), ("봄가", 5), ("콘서트", 195), ("전시", 0), ("기타", 100)] {
        assert_eq!(titles(&index, &text(query), Sort::Newest, 7).len(), expected, "{query}");
    }
}

#[test]
fn mapped_words_lead_to_one_another() {
    let mut index = index(&[card("아이유 콘서트", &[1]), card("IU live", &[2]), card("others", &[3])]);
    let id = KeywordId::generate();
    let mapping = KeywordState {
        id,
        version: 1,
        term: "아이유".into(),
        aliases: vec!["IU".into(), "이 지은".into()],
        removed: false,
    };
    index.apply(Change::Keyword(mapping.clone()));
    for query in ["아이유", "iu", "이지은", "이 지은"] {
        assert_eq!(titles(&index, &text(query), Sort::Date, 1), ["아이유 콘서트", "IU live"], "{query}");
    }
    index.apply(Change::Keyword(KeywordState { version: 2, removed: true, ..mapping.clone() }));
    index.apply(Change::Keyword(mapping));
    assert_eq!(titles(&index, &text("iu"), Sort::Date, 1), ["IU live"]);
}

#[test]
fn a_page_goes_on_behind_the_one_before_whatever_happens() {
    let mut cards: Vec<_> = (1..=9).map(|number| card(&number.to_string(), &[number * 10])).collect();
    let mut index = index(&cards);
    let all = Filter::default();
    let (page, next) = index.page(&all, Sort::Date, 3, None, at(0));
    assert_eq!(page.iter().map(|card| card.title.as_str()).collect::<String>(), "123");
    // The last one that was listed goes away, the next one too, one comes in between, and one more before.
    for gone in [2, 3] {
        cards[gone].status = EventStatus::Draft;
        index.apply(Change::Card { card: cards[gone].clone(), revision: 2 });
    }
    for (title, hour) in [("between", 45), ("before", 5)] {
        index.apply(Change::Card { card: card(title, &[hour]), revision: 1 });
    }
    // The second one moves behind everything: it is listed again, for it has moved.
    cards[1].shows = card("", &[200]).shows;
    index.apply(Change::Card { card: cards[1].clone(), revision: 2 });
    let (page, next) = index.page(&all, Sort::Date, 3, next.as_ref(), at(500));
    assert_eq!(page.iter().map(|card| card.title.as_str()).collect::<Vec<_>>(), ["between", "5", "6"]);
    let (page, next) = index.page(&all, Sort::Date, 100, next.as_ref(), at(500));
    assert_eq!(page.iter().map(|card| card.title.as_str()).collect::<Vec<_>>(), ["7", "8", "9", "2"]);
    assert_eq!(next, None);
}
