use std::collections::BTreeSet;

use contracts::catalog::{Category, TicketTypeState};
use contracts::ids::{EventId, TicketTypeId, UserId};
use jiff::Timestamp;

use super::*;
use crate::domain::event::NewEvent;

fn programme(layout: Option<LayoutId>) -> Programme {
    let new = NewEvent {
        title: "Spring".into(),
        description: String::new(),
        category: Category::Concert,
        venue: "Hall".into(),
        time_zone: "Asia/Seoul".into(),
        currency: "KRW".into(),
        buyer_limit: 4,
        queued: false,
    };
    let event = new.draft(EventId::generate(), UserId::generate());
    let performance = |hour: i64| PerformanceState {
        id: PerformanceId::generate(),
        version: 1,
        event_id: event.id,
        starts_at: Timestamp::from_second(hour * 3600).unwrap(),
        layout_id: layout,
        sale_opens_at: None,
        sale_closes_at: None,
        terms: None,
        cancelled: false,
        removed: false,
    };
    Programme {
        card: Card::of(&event, []),
        card_revision: 1,
        parts_revision: 0,
        performances: vec![performance(20), performance(10)],
        ticket_types: vec![ticket_type(event.id, 100, &["A"])],
        event,
    }
}

fn ticket_type(event_id: EventId, price: i64, sections: &[&str]) -> TicketTypeState {
    TicketTypeState {
        id: TicketTypeId::generate(),
        version: 1,
        event_id,
        name: "R".into(),
        price,
        section_ids: sections.iter().map(|&section| section.to_owned()).collect(),
        quota: sections.is_empty().then_some(10),
        removed: false,
    }
}

fn known(layout: LayoutId, sections: &[&str]) -> KnownSections {
    let sections: BTreeSet<_> = sections.iter().map(|&section| section.to_owned()).collect();
    KnownSections::from([(layout, sections)])
}

fn written(mut programme: Programme, changes: Changes) -> Programme {
    if let Some((event, _)) = changes.event {
        programme.event = event;
    }
    for changed in changes.performances {
        let old = programme.performances.iter_mut().find(|old| old.id == changed.id).unwrap();
        assert_eq!(changed.version, old.version + 1);
        *old = changed;
    }
    if let Some(card) = changes.card {
        programme.card = card;
    }
    programme
}

#[test]
fn publishing_gives_terms_and_is_done_once() {
    let layout = LayoutId::generate();
    let draft = programme(Some(layout));
    let changes = publish(&draft, &known(layout, &["A", "B"])).unwrap();
    let (event, event_type) = changes.event.as_ref().unwrap();
    assert_eq!((event.status, event.version, *event_type), (EventStatus::OnSale, 2, EventType::EventPublished));
    assert_eq!(changes.performances.len(), 2);

    let published = written(draft, changes);
    assert!(publish(&published, &known(layout, &["A"])).unwrap().is_empty());
    let starts: Vec<_> = published.card.shows.iter().map(|show| show.starts_at.as_second() / 3600).collect();
    assert_eq!((starts, published.card.min_price), (vec![10, 20], Some(100)));
    assert_eq!(published.published_ticket_types(), published.ticket_types.iter().collect::<Vec<_>>());
}

#[test]
fn publishing_again_announces_what_was_added() {
    let layout = LayoutId::generate();
    let draft = programme(Some(layout));
    let changes = publish(&draft, &known(layout, &["A"])).unwrap();
    let mut on_sale = written(draft, changes);
    on_sale.ticket_types.push(ticket_type(on_sale.event.id, 50, &["B"]));
    assert_eq!(on_sale.published_ticket_types().len(), 1);

    let again = publish(&on_sale, &known(layout, &["A", "B"])).unwrap();
    assert!(again.event.is_none());
    assert!(again.performances.iter().all(|performance| performance.version == 3));
    assert_eq!(again.card.as_ref().unwrap().min_price, Some(50));
    assert_eq!(written(on_sale, again).published_ticket_types().len(), 2);
}

#[test]
fn a_new_wording_reaches_what_is_on_sale_and_nothing_else() {
    let layout = LayoutId::generate();
    let draft = programme(Some(layout));
    let patch = EventPatch { title: Some("Summer".into()), buyer_limit: Some(2), ..EventPatch::default() };
    assert!(amend(&draft, &patch).unwrap().performances.is_empty());

    let changes = publish(&draft, &known(layout, &["A"])).unwrap();
    let mut on_sale = written(draft, changes);
    on_sale.ticket_types.push(ticket_type(on_sale.event.id, 50, &["B"]));
    let amended = amend(&on_sale, &patch).unwrap();
    for performance in &amended.performances {
        let terms = performance.terms.as_ref().unwrap();
        assert_eq!((terms.title.as_str(), terms.buyer_limit, terms.ticket_types.len()), ("Summer", 2, 1));
    }
    assert_eq!(amended.performances.len(), 2);
    let on_sale = written(on_sale, amended);
    assert!(amend(&on_sale, &patch).unwrap().is_empty());

    let described = EventPatch { description: Some("More".into()), ..EventPatch::default() };
    assert!(amend(&on_sale, &described).unwrap().performances.is_empty());
}

#[test]
fn what_is_missing_is_named() {
    let layout = LayoutId::generate();
    let codes = |programme: &Programme, layouts: &KnownSections| match publish(programme, layouts) {
        Err(PublishError::NotReady(reasons)) => reasons.iter().map(Reason::code).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let seated = programme(Some(layout));
    let admission = programme(None);
    let all = known(layout, &["A"]);
    let empty = Programme { performances: vec![], ticket_types: vec![], ..seated.clone() };
    let counted = vec![ticket_type(seated.event.id, 1, &[])];
    let table = [
        (empty, &all, vec!["no_performance", "no_ticket_type"]),
        (seated.clone(), &KnownSections::new(), vec!["unknown_layout"]),
        (seated.clone(), &known(layout, &["B"]), vec!["unknown_sections"]),
        (Programme { ticket_types: counted.clone(), ..seated }, &all, vec!["nothing_covered", "nothing_covered"]),
        (admission.clone(), &all, vec!["nothing_counted", "nothing_counted"]),
    ];
    for (programme, layouts, expected) in table {
        assert_eq!(codes(&programme, layouts), expected);
    }
    assert!(publish(&Programme { ticket_types: counted, ..admission }, &all).is_ok());
}

#[test]
fn what_is_over_stays_over() {
    let mut ended = programme(None);
    for status in [EventStatus::Ended, EventStatus::Cancelled] {
        ended.event.status = status;
        assert_eq!(publish(&ended, &KnownSections::new()), Err(PublishError::Over(status)));
    }
}
