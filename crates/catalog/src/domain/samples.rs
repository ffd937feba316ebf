//! Events for tests of rules.

use contracts::catalog::{Category, EventStatus, PerformanceState, TicketTypeState};
use contracts::ids::{EventId, LayoutId, PerformanceId, TicketTypeId, UserId};
use jiff::Timestamp;

use super::card::{Card, Show};
use super::changes::Changes;
use super::event::NewEvent;
use super::programme::Programme;
use super::publication::{KnownSections, publish};

pub fn at(hour: i64) -> Timestamp {
    Timestamp::from_second(hour * 3600).unwrap()
}

/// An event on sale, as lists know it, with performances at hours 10 and 20.
pub fn card() -> Card {
    Card {
        id: EventId::generate(),
        version: 1,
        organizer_id: UserId::generate(),
        title: "봄 Concert".into(),
        category: Category::Concert,
        venue: "Jamsil Arena".into(),
        time_zone: "Asia/Seoul".into(),
        currency: "KRW".into(),
        status: EventStatus::OnSale,
        shows: [10, 20].map(|hour| Show { starts_at: at(hour), id: PerformanceId::generate() }).into(),
        min_price: Some(1),
        image_id: None,
    }
}

/// A draft with performances at hours 20 and 10, sold by section A.
pub fn draft(layout: Option<LayoutId>) -> Programme {
    let new = NewEvent {
        title: "Spring".into(),
        description: String::new(),
        category: Category::Concert,
        venue: "Hall".into(),
        time_zone: "Asia/Seoul".into(),
        currency: "KRW".into(),
        buyer_limit: 4,
        image_id: None,
    };
    let event = new.draft(EventId::generate(), UserId::generate());
    let performance = |hour| PerformanceState {
        id: PerformanceId::generate(),
        version: 1,
        event_id: event.id,
        starts_at: at(hour),
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
        revision: 0,
        performances: vec![performance(20), performance(10)],
        withdrawn: [].into(),
        ticket_types: vec![ticket_type(event.id, 100, &["A"])],
        event,
    }
}

/// The same in a layout with sections A of 30 seats and B of 12, on sale.
pub fn on_sale() -> (Programme, KnownSections) {
    let layout = LayoutId::generate();
    let (draft, known) = (draft(Some(layout)), known(layout, &[("A", 30), ("B", 12)]));
    let changes = publish(&draft, &known).unwrap();
    (written(draft, &changes), known)
}

pub fn ticket_type(event_id: EventId, price: i64, sections: &[&str]) -> TicketTypeState {
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

pub fn known(layout: LayoutId, sections: &[(&str, u32)]) -> KnownSections {
    let sections = sections.iter().map(|&(section, seats)| (section.to_owned(), seats)).collect();
    KnownSections::from([(layout, sections)])
}

/// The event after the changes, each of which must be the next version of what it changes.
pub fn written(programme: Programme, changes: &Changes) -> Programme {
    if let Some((event, _)) = &changes.event {
        assert_eq!(event.version, programme.event.version + 1);
    }
    for change in &changes.performances {
        let old = programme.performance(change.state.id).map_or(0, |old| old.version);
        assert_eq!(change.state.version, old + 1);
    }
    for (ticket_type, _) in &changes.ticket_types {
        let old = programme.ticket_type(ticket_type.id).map_or(0, |old| old.version);
        assert_eq!(ticket_type.version, old + 1);
    }
    let after = programme.after(changes);
    assert_eq!(after.card, Card::of(&after.event, &after.performances), "the card follows");
    after
}
