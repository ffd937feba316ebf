use contracts::catalog::EventStatus;
use contracts::geometry::{MAX_PACKED_BYTES, unpack};
use contracts::ids::{LayoutId, PerformanceId, TicketTypeId};

use super::fixture::{Fixture, admission, after_hours, geometry, now, performance};
use crate::Error;
use crate::domain::event::{EventPatch, PatchError};
use crate::domain::offer::MAX_TICKET_TYPES;

#[tokio::test]
async fn of_two_who_looked_at_the_same_version_one_wins() {
    let fixture = Fixture::start().await;
    let event = fixture.draft("Spring").await;
    let rename = |title: &str| EventPatch { version: Some(1), title: Some(title.into()), ..EventPatch::default() };
    let (first, second) = (rename("A"), rename("B"));
    let (first, second) = tokio::join!(
        fixture.catalog.update_event(fixture.organizer, event.id, &first, now()),
        fixture.catalog.update_event(fixture.organizer, event.id, &second, now()),
    );
    assert!(first.is_ok() != second.is_ok());
    let lost = first.and(second).unwrap_err();
    assert!(matches!(lost, Error::Patch(PatchError::VersionConflict { current: 2 })));
}

#[tokio::test]
async fn nothing_is_added_to_what_is_over() {
    let fixture = Fixture::start().await;
    let event = fixture.on_sale("Spring", &[24]).await;
    let end = EventPatch { status: Some(EventStatus::Ended), ..EventPatch::default() };
    fixture.catalog.update_event(fixture.organizer, event, &end, now()).await.unwrap();
    let (catalog, organizer) = (&fixture.catalog, fixture.organizer);
    let id = PerformanceId::generate();
    let added = catalog.add_performance(organizer, event, id, performance(after_hours(1)), now()).await;
    assert!(matches!(added, Err(Error::EventOver)));
    let sold = catalog.create_ticket_type(organizer, TicketTypeId::generate(), admission(event, 1), now()).await;
    assert!(matches!(sold, Err(Error::EventOver)));
    assert!(matches!(catalog.publish_event(organizer, event, now()).await, Err(Error::Publish(_))));
    assert_eq!(catalog.public_event(event).await.unwrap().event.status, EventStatus::Ended);
}

#[tokio::test]
async fn ticket_types_are_limited() {
    let fixture = Fixture::start().await;
    let event = fixture.draft("Spring").await.id;
    for _ in 0..MAX_TICKET_TYPES {
        fixture.sell(admission(event, 1)).await;
    }
    let id = TicketTypeId::generate();
    let refused = fixture.catalog.create_ticket_type(fixture.organizer, id, admission(event, 1), now()).await;
    assert!(matches!(refused, Err(Error::LimitReached { .. })));
}

#[tokio::test]
async fn a_layout_is_read_back_as_it_was_stored() {
    let fixture = Fixture::start().await;
    let venue = geometry(20, 25, 40);
    let id = fixture.layout(&venue).await;
    let stored = fixture.stored_layout(id).await;
    assert_eq!(stored.seat_count, 20_000);
    assert!(stored.geometry.len() <= MAX_PACKED_BYTES);
    assert!(unpack(&stored.geometry).unwrap() == venue);
    let read = fixture.catalog.layout(id).await.unwrap();
    assert!(read.geometry == venue);
    assert_eq!(read.summary.section_ids.len(), 20);
    assert!(matches!(fixture.catalog.layout(LayoutId::generate()).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn a_layout_beyond_an_item_is_refused() {
    let fixture = Fixture::start().await;
    let mut venue = geometry(10, 60, 50);
    for (index, seat) in
        venue.sections.iter_mut().flat_map(|each| &mut each.blocks).flat_map(|each| &mut each.seats).enumerate()
    {
        // Scattered seats with names of no pattern do not compress.
        seat.id = format!("{:x}", (index as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    }
    let refused = fixture.catalog.create_layout(LayoutId::generate(), "Chaos", &venue, "/geometry", now()).await;
    let Err(Error::Invalid(problem)) = refused else { panic!("{refused:?}") };
    assert_eq!(problem.document("/", "")["errors"][0]["pointer"], "/geometry/sections");
}

#[tokio::test]
async fn layouts_are_listed_newest_first_page_by_page() {
    let fixture = Fixture::start().await;
    let mut expected = Vec::new();
    for _ in 0..5 {
        expected.insert(0, fixture.layout(&geometry(1, 1, 2)).await);
    }
    let (mut listed, mut after) = (Vec::new(), None);
    loop {
        let (page, next) = fixture.catalog.layouts(after, 2).await.unwrap();
        listed.extend(page.into_iter().map(|summary| summary.id));
        after = next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(listed, expected);
}
