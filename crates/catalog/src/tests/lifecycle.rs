use contracts::catalog::{Capacity, EventStatus, ImageState, ImageStatus};
use contracts::ids::{ImageId, LayoutId, PerformanceId, TicketTypeId, UserId};
use kit::dynamo::{attribute, key};

use super::fixture::{Fixture, admission, after_hours, geometry, new_event, now, performance, seated};
use crate::Error;
use crate::domain::event::{EventPatch, NewEvent, PatchError};
use crate::domain::offer::NewPerformance;
use crate::domain::offer_patch::{PartError, PerformancePatch, TicketTypePatch};
use crate::domain::programme::Manager;

impl Fixture {
    async fn image(&self, owner: Manager, status: ImageStatus) -> ImageId {
        let id = ImageId::generate();
        let (owner_id, content_type) = (owner.user_id(), "image/png".to_owned());
        let state = ImageState { id, version: 2, owner_id, content_type, status, reason: None };
        let mut item = key(format!("IMG#{id}"), "IMG");
        item.insert("state".into(), attribute(&state).unwrap());
        self.table.client().put_item().table_name(&self.table.name).set_item(Some(item)).send().await.unwrap();
        id
    }
}

#[tokio::test]
async fn off_sale_and_on_again() {
    let fixture = Fixture::start().await;
    let (catalog, by) = (&fixture.catalog, fixture.organizer);
    let event = fixture.on_sale("Spring", &[24]).await;
    let sold_out = EventPatch { status: Some(EventStatus::SoldOut), ..EventPatch::default() };
    catalog.update_event(by, event, &sold_out, now()).await.unwrap();

    let off = catalog.unpublish_event(by, event, now()).await.unwrap();
    assert_eq!((off.event.status, off.event.version), (EventStatus::Draft, 4));
    assert!(matches!(catalog.public_event(event).await, Err(Error::NotFound)));
    let announced = fixture.announced().await;
    let id = off.performances[0].id.to_string();
    assert!(announced.contains(&("catalog.performance-withdrawn.v1".into(), id.clone(), 3)), "{announced:?}");
    assert!(announced.contains(&("catalog.event-unpublished.v1".into(), event.to_string(), 4)));
    assert_eq!(catalog.unpublish_event(by, event, now()).await.unwrap(), off, "again, and nothing happens");

    fixture.publish(event).await;
    let on = catalog.public_event(event).await.unwrap();
    assert_eq!((on.event.status, on.performances[0].version), (EventStatus::OnSale, 4));
    assert!(on.withdrawn.is_empty());
    assert!(fixture.announced().await.contains(&("catalog.performance-published.v1".into(), id, 4)));
}

#[tokio::test]
async fn an_event_is_called_off_with_what_lies_ahead() {
    let fixture = Fixture::start().await;
    let (catalog, by) = (&fixture.catalog, fixture.organizer);
    let event = fixture.on_sale("Spring", &[1, 24]).await;
    fixture.add(event, performance(after_hours(48))).await;
    let off = catalog.cancel_event(by, event, after_hours(2)).await.unwrap();
    let cancelled: Vec<_> = off.performances.iter().map(|each| (each.cancelled, each.terms.is_some())).collect();
    assert_eq!(cancelled, [(false, true), (true, true), (false, false)]);
    assert_eq!(catalog.public_event(event).await.unwrap(), off);
    assert_eq!(catalog.cancel_event(by, event, after_hours(2)).await.unwrap(), off);

    let (id, kind) = (off.performances[2].id, off.ticket_types[0].id);
    let patch = PerformancePatch { starts_at: Some(after_hours(50)), ..PerformancePatch::default() };
    assert!(matches!(catalog.update_performance(by, event, id, &patch, now()).await, Err(Error::EventOver)));
    assert!(matches!(catalog.remove_performance(by, event, id, now()).await, Err(Error::EventOver)));
    assert!(matches!(
        catalog.cancel_performance(by, event, off.performances[0].id, now()).await,
        Err(Error::EventOver)
    ));
    let patch = TicketTypePatch { price: Some(1), ..TicketTypePatch::default() };
    assert!(matches!(catalog.update_ticket_type(by, event, kind, &patch, now()).await, Err(Error::EventOver)));
    assert!(matches!(catalog.remove_ticket_type(by, event, kind, now()).await, Err(Error::EventOver)));
    let invalid = Err::<(), _>(PatchError::InvalidTransition { from: EventStatus::Cancelled, to: EventStatus::Draft });
    match catalog.unpublish_event(by, event, now()).await {
        Err(Error::Patch(refusal)) => assert_eq!(Err(refusal), invalid),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn parts_change_before_and_after_they_are_sold() {
    let fixture = Fixture::start().await;
    let (catalog, by) = (&fixture.catalog, fixture.organizer);
    let (small, large) = (fixture.layout(&geometry(1, 1, 5)).await, fixture.layout(&geometry(1, 2, 5)).await);
    let event = fixture.draft("Spring").await.id;
    let id = fixture.add(event, NewPerformance { layout_id: Some(small), ..performance(after_hours(24)) }).await;
    let kind = fixture.sell(seated(event, &["S0"])).await;
    let relaid = PerformancePatch { layout_id: Some(large), version: Some(1), ..PerformancePatch::default() };
    let changed = catalog.update_performance(by, event, id, &relaid, now()).await.unwrap();
    assert_eq!((changed.performances[0].layout_id, changed.performances[0].version), (Some(large), 2));
    let unknown = PerformancePatch { layout_id: Some(LayoutId::generate()), ..PerformancePatch::default() };
    assert!(matches!(catalog.update_performance(by, event, id, &unknown, now()).await, Err(Error::Invalid(_))));

    fixture.publish(event).await;
    let back = PerformancePatch { layout_id: Some(small), ..PerformancePatch::default() };
    let refused = catalog.update_performance(by, event, id, &back, now()).await;
    assert!(matches!(refused, Err(Error::Part(PartError::AlreadyPublished))), "{refused:?}");
    let later = PerformancePatch { starts_at: Some(after_hours(36)), ..PerformancePatch::default() };
    let moved = catalog.update_performance(by, event, id, &later, now()).await.unwrap();
    assert_eq!(moved.card.shows[0].starts_at, after_hours(36));
    assert!(fixture.announced().await.contains(&("catalog.performance-published.v1".into(), id.to_string(), 4)));
    let past = PerformancePatch { starts_at: Some(now()), ..PerformancePatch::default() };
    assert!(matches!(catalog.update_performance(by, event, id, &past, now()).await, Err(Error::Invalid(_))));

    let cheaper = TicketTypePatch { price: Some(90), ..TicketTypePatch::default() };
    let priced = catalog.update_ticket_type(by, event, kind, &cheaper, now()).await.unwrap();
    assert_eq!(
        (priced.ticket_types[0].price, priced.card.min_price),
        (90, Some(100)),
        "on the old terms until published"
    );
    fixture.publish(event).await;
    let terms = catalog.public_event(event).await.unwrap().performances.remove(0).terms.unwrap();
    assert_eq!((terms.ticket_types[0].price, terms.capacity[0].tickets), (90, 10));
}

#[tokio::test]
async fn what_is_taken_back_leaves_room_and_its_event() {
    let fixture = Fixture::start().await;
    let (catalog, by) = (&fixture.catalog, fixture.organizer);
    let event = fixture.on_sale("Spring", &[24]).await;
    let (id, kind) =
        (fixture.add(event, performance(after_hours(48))).await, fixture.sell(seated(event, &["A"])).await);
    catalog.remove_performance(by, event, id, now()).await.unwrap();
    catalog.remove_ticket_type(by, event, kind, now()).await.unwrap();
    let announced = fixture.announced().await;
    assert!(announced.contains(&("catalog.performance-removed.v1".into(), id.to_string(), 2)), "{announced:?}");
    assert!(announced.contains(&("catalog.ticket-type-removed.v1".into(), kind.to_string(), 2)));
    fixture.sell(seated(event, &["A"])).await;
    let after = catalog.managed_event(by, event).await.unwrap();
    assert_eq!((after.performances.len(), after.ticket_types.len()), (1, 2));

    assert!(matches!(catalog.remove_performance(by, event, id, now()).await, Err(Error::NotFound)));
    assert!(matches!(catalog.remove_ticket_type(by, event, kind, now()).await, Err(Error::NotFound)));
    let patch = TicketTypePatch::default();
    assert!(matches!(catalog.update_ticket_type(by, event, kind, &patch, now()).await, Err(Error::NotFound)));
    let (sold, sold_by) = (after.performances[0].id, after.ticket_types[0].id);
    let refused = catalog.remove_performance(by, event, sold, now()).await;
    assert!(matches!(refused, Err(Error::Part(PartError::AlreadyPublished))));
    let refused = catalog.remove_ticket_type(by, event, sold_by, now()).await;
    assert!(matches!(refused, Err(Error::Part(PartError::AlreadyPublished))));
    let items = fixture.table.items().await;
    assert_eq!(items.iter().filter(|item| item.contains_key("ttl")).count(), 2, "both go by themselves");
}

#[tokio::test]
async fn others_parts_do_not_exist() {
    let fixture = Fixture::start().await;
    let catalog = &fixture.catalog;
    let event = fixture.on_sale("Spring", &[24]).await;
    let mine = catalog.managed_event(fixture.organizer, event).await.unwrap();
    let (id, kind) = (mine.performances[0].id, mine.ticket_types[0].id);
    let (times, price) = (PerformancePatch::default(), TicketTypePatch::default());
    let stranger = Manager::Organizer(UserId::generate());
    let elsewhere = fixture.draft("Other").await.id;
    for (by, event, id, kind) in [
        (stranger, event, id, kind),
        (fixture.organizer, elsewhere, id, kind),
        (fixture.organizer, event, PerformanceId::generate(), TicketTypeId::generate()),
    ] {
        let refusals = [
            catalog.update_performance(by, event, id, &times, now()).await.map(drop),
            catalog.remove_performance(by, event, id, now()).await,
            catalog.cancel_performance(by, event, id, now()).await.map(drop),
            catalog.update_ticket_type(by, event, kind, &price, now()).await.map(drop),
            catalog.remove_ticket_type(by, event, kind, now()).await,
        ];
        for refusal in refusals {
            assert!(matches!(refusal, Err(Error::NotFound)), "{refusal:?}");
        }
    }
    assert!(matches!(catalog.unpublish_event(stranger, event, now()).await, Err(Error::NotFound)));
    assert!(matches!(catalog.cancel_event(stranger, event, now()).await, Err(Error::NotFound)));
    assert_eq!(catalog.managed_event(fixture.organizer, event).await.unwrap(), mine);
    let admin = Manager::Admin(UserId::generate());
    assert!(catalog.cancel_performance(admin, event, id, now()).await.unwrap().performances[0].cancelled);
}

#[tokio::test]
async fn seats_of_a_layout_stored_before_they_were_counted_are_counted_now() {
    let fixture = Fixture::start().await;
    let layout = fixture.layout(&geometry(2, 3, 4)).await;
    let client = fixture.table.client();
    let summary = key(format!("LAY#{layout}"), "SUMMARY");
    let update = client.update_item().table_name(&fixture.table.name).set_key(Some(summary));
    let update = update.update_expression("REMOVE #summary.#seats").expression_attribute_names("#summary", "summary");
    update.expression_attribute_names("#seats", "sectionSeats").send().await.unwrap();

    let event = fixture.draft("Spring").await.id;
    fixture.add(event, NewPerformance { layout_id: Some(layout), ..performance(after_hours(24)) }).await;
    let kind = fixture.sell(seated(event, &["S1"])).await;
    let standing = fixture.sell(admission(event, 5)).await;
    fixture.publish(event).await;
    let terms = fixture.catalog.public_event(event).await.unwrap().performances.remove(0).terms.unwrap();
    let expected = [(kind, 12), (standing, 100)].map(|(ticket_type_id, tickets)| Capacity { ticket_type_id, tickets });
    assert_eq!(terms.capacity, expected);
}

#[tokio::test]
async fn a_poster_is_one_of_ones_own_that_is_ready() {
    let fixture = Fixture::start().await;
    let (catalog, by) = (&fixture.catalog, fixture.organizer);
    let (stranger, admin) = (Manager::Organizer(UserId::generate()), Manager::Admin(UserId::generate()));
    let event = fixture.draft("Spring").await.id;
    let ready = fixture.image(by, ImageStatus::Ready).await;
    let theirs = fixture.image(stranger, ImageStatus::Ready).await;
    let show = |image_id| EventPatch { image_id: Some(image_id), ..EventPatch::default() };
    for bad in [
        ImageId::generate(),
        fixture.image(by, ImageStatus::Pending).await,
        fixture.image(by, ImageStatus::Rejected).await,
        theirs,
    ] {
        let drafted = NewEvent { image_id: Some(bad), ..new_event("Autumn") };
        let drafted = catalog.create_event(by, contracts::ids::EventId::generate(), drafted, now()).await.map(drop);
        let patched = catalog.update_event(by, event, &show(Some(bad)), now()).await.map(drop);
        for refused in [drafted, patched] {
            let Err(Error::Invalid(problem)) = refused else { panic!("{refused:?}") };
            assert_eq!(problem.document("/", "")["errors"][0]["pointer"], "/imageId");
        }
    }
    let shown = catalog.update_event(by, event, &show(Some(ready)), now()).await.unwrap();
    assert_eq!(shown.image_id, Some(ready));
    assert_eq!(catalog.managed_event(by, event).await.unwrap().card.image_id, Some(ready));

    catalog.update_event(admin, event, &show(Some(theirs)), now()).await.unwrap();
    let kept = catalog.update_event(by, event, &show(Some(theirs)), now()).await.unwrap();
    assert_eq!((kept.image_id, kept.version), (Some(theirs), 3), "sent back as it was");
    let bare = catalog.update_event(by, event, &show(None), now()).await.unwrap();
    assert_eq!((bare.image_id, bare.version), (None, 4));
}
