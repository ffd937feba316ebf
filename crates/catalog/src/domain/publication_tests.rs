use contracts::ids::LayoutId;

use super::super::samples::{at, draft, known, on_sale, ticket_type, written};
use super::super::withdrawal::{cancel_performance, unpublish};
use super::*;

#[test]
fn publishing_gives_terms_and_is_done_once() {
    let layout = LayoutId::generate();
    let (draft, known) = (draft(Some(layout)), known(layout, &[("A", 30), ("B", 12)]));
    let changes = publish(&draft, &known).unwrap();
    let (event, event_type) = changes.event.as_ref().unwrap();
    assert_eq!((event.status, event.version, *event_type), (EventStatus::OnSale, 2, EventType::EventPublished));
    assert!(changes.performances.iter().all(|change| change.event_type == EventType::PerformancePublished));
    assert_eq!(changes.performances.len(), 2);

    let published = written(draft, &changes);
    assert!(publish(&published, &known).unwrap().is_empty());
    let starts: Vec<_> = published.card.shows.iter().map(|show| show.starts_at).collect();
    assert_eq!((starts, published.card.min_price), (vec![at(10), at(20)], Some(100)));
    assert_eq!(published.published_ticket_types(), published.ticket_types.iter().collect::<Vec<_>>());
}

#[test]
fn terms_say_how_many_tickets_there_are() {
    let (mut event, known) = on_sale();
    let id = event.event.id;
    event.ticket_types.push(ticket_type(id, 50, &[]));
    event.ticket_types.push(ticket_type(id, 20, &["B"]));
    event.performances[1].layout_id = None;
    let event = written(event.clone(), &publish(&event, &known).unwrap());
    let tickets = |performance: &PerformanceState| {
        let terms = performance.terms.as_ref().unwrap();
        let named: Vec<_> = terms.capacity.iter().map(|capacity| capacity.ticket_type_id).collect();
        assert_eq!(named, event.ticket_types.iter().map(|ticket_type| ticket_type.id).collect::<Vec<_>>());
        terms.capacity.iter().map(|capacity| capacity.tickets).collect::<Vec<_>>()
    };
    assert_eq!(tickets(&event.performances[0]), [30, 10, 12]);
    assert_eq!(tickets(&event.performances[1]), [0, 10, 0], "no seat without a layout");
}

#[test]
fn terms_from_before_tickets_were_counted_are_completed_by_publishing_and_left_alone_by_changes() {
    let (mut event, known) = on_sale();
    for performance in &mut event.performances {
        performance.terms.as_mut().unwrap().capacity.clear();
    }
    assert!(amend(&event, &EventPatch::default()).unwrap().is_empty());
    let changes = publish(&event, &known).unwrap();
    assert_eq!((changes.performances.len(), changes.event.is_none()), (2, true));
}

#[test]
fn publishing_again_announces_what_was_added_and_changed() {
    let (mut event, known) = on_sale();
    event.ticket_types.push(ticket_type(event.event.id, 50, &["B"]));
    assert_eq!(event.published_ticket_types().len(), 1);
    assert!(event.is_announced(&event.ticket_types[0]) && !event.is_announced(&event.ticket_types[1]));

    let again = publish(&event, &known).unwrap();
    assert!(again.event.is_none());
    assert!(again.performances.iter().all(|change| change.state.version == 3));
    assert_eq!(again.card.as_ref().unwrap().min_price, Some(50));
    let mut event = written(event, &again);
    assert_eq!(event.published_ticket_types().len(), 2);

    event.ticket_types[0].price = 10;
    event.ticket_types[0].version = 2;
    assert!(!event.is_announced(&event.ticket_types[0]));
    let event = written(event.clone(), &publish(&event, &known).unwrap());
    assert!(event.is_announced(&event.ticket_types[0]));
    assert_eq!(event.card.min_price, Some(10));
}

#[test]
fn a_new_wording_reaches_what_is_on_sale_and_nothing_else() {
    let (mut event, _) = on_sale();
    let patch = EventPatch { title: Some("Summer".into()), buyer_limit: Some(2), ..EventPatch::default() };
    assert!(amend(&draft(None), &patch).unwrap().performances.is_empty());
    let called_off = event.performances[0].id;
    event = written(event.clone(), &cancel_performance(&event, called_off, at(1)).unwrap().unwrap());
    event.ticket_types.push(ticket_type(event.event.id, 50, &["B"]));

    let amended = amend(&event, &patch).unwrap();
    let [change] = amended.performances.as_slice() else { panic!("{amended:?}") };
    let terms = change.state.terms.as_ref().unwrap();
    assert_ne!(change.state.id, called_off, "what was called off stays as it was sold");
    assert_eq!((terms.title.as_str(), terms.buyer_limit, terms.ticket_types.len()), ("Summer", 2, 1));
    assert_eq!(terms.capacity, event.performances[1].terms.as_ref().unwrap().capacity);
    let event = written(event, &amended);
    assert!(amend(&event, &patch).unwrap().is_empty());

    let described = EventPatch { description: Some("More".into()), ..EventPatch::default() };
    assert!(amend(&event, &described).unwrap().performances.is_empty());
}

#[test]
fn the_currency_is_fixed_by_the_first_sale() {
    let patch = EventPatch { currency: Some("EUR".into()), ..EventPatch::default() };
    let draft = draft(None);
    assert_eq!(amend(&draft, &patch).unwrap().event.unwrap().0.currency, "EUR");
    let (on_sale, _) = on_sale();
    assert_eq!(amend(&on_sale, &patch), Err(PatchError::CurrencyFixed));
    let withdrawn = written(on_sale.clone(), &unpublish(&on_sale).unwrap());
    assert_eq!(withdrawn.event.status, EventStatus::Draft);
    assert_eq!(amend(&withdrawn, &patch), Err(PatchError::CurrencyFixed), "tickets in won are out there");
}

#[test]
fn what_is_missing_is_named() {
    let layout = LayoutId::generate();
    let codes = |programme: &Programme, layouts: &KnownSections| match publish(programme, layouts) {
        Err(PublishError::NotReady(reasons)) => reasons.iter().map(Reason::code).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let seated = draft(Some(layout));
    let admission = draft(None);
    let all = known(layout, &[("A", 1)]);
    let empty = Programme { performances: vec![], ticket_types: vec![], ..seated.clone() };
    let counted = vec![ticket_type(seated.event.id, 1, &[])];
    let (mut called_off, known_to_it) = on_sale();
    called_off.performances.iter_mut().for_each(|performance| performance.cancelled = true);
    let table = [
        (empty, &all, vec!["no_performance", "no_ticket_type"]),
        (called_off, &known_to_it, vec!["no_performance"]),
        (seated.clone(), &KnownSections::new(), vec!["unknown_layout"]),
        (seated.clone(), &known(layout, &[("B", 1)]), vec!["unknown_sections"]),
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
    let mut ended = draft(None);
    for status in [EventStatus::Ended, EventStatus::Cancelled] {
        ended.event.status = status;
        assert_eq!(publish(&ended, &KnownSections::new()), Err(PublishError::Over(status)));
    }
}
