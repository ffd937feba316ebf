use contracts::catalog::EventStatus;
use contracts::ids::{LayoutId, PerformanceId, TicketTypeId, UserId};

use super::fixture::{Fixture, admission, after_hours, geometry, now, performance, seated};
use crate::Error;
use crate::domain::event::EventPatch;
use crate::domain::offer::NewPerformance;
use crate::domain::programme::Manager;
use crate::domain::publication::PublishError;

#[tokio::test]
async fn a_seated_event_goes_on_sale() {
    let fixture = Fixture::start().await;
    let layout = fixture.layout(&geometry(2, 2, 10)).await;
    let event = fixture.draft("Spring").await.id;
    let new = NewPerformance { layout_id: Some(layout), ..performance(after_hours(48)) };
    let performance = fixture.add(event, new).await;
    fixture.sell(seated(event, &["S0"])).await;
    fixture.sell(seated(event, &["S1"])).await;
    assert!(matches!(fixture.catalog.public_event(event).await, Err(Error::NotFound)));

    let published = fixture.catalog.publish_event(fixture.organizer, event, now()).await.unwrap();
    assert_eq!((published.event.status, published.event.version), (EventStatus::OnSale, 2));
    assert_eq!(published.performances[0].terms.as_ref().unwrap().ticket_types.len(), 2);
    let announced = fixture.announced().await;
    for (event_type, id, version) in [
        ("catalog.layout-created.v1", layout.to_string(), 1),
        ("catalog.event-published.v1", event.to_string(), 2),
        ("catalog.performance-published.v1", performance.to_string(), 2),
    ] {
        assert!(announced.contains(&(event_type.to_owned(), id, version)), "{event_type} in {announced:?}");
    }

    fixture.publish(event).await;
    assert_eq!(fixture.announced().await, announced);
    assert_eq!(fixture.catalog.public_event(event).await.unwrap(), published);
}

#[tokio::test]
async fn parts_added_later_wait_for_the_next_publishing() {
    let fixture = Fixture::start().await;
    let event = fixture.on_sale("Spring", &[24]).await;
    let later = fixture.add(event, performance(after_hours(12))).await;
    fixture.sell(admission(event, 50)).await;
    let public = fixture.catalog.public_event(event).await.unwrap();
    assert_eq!((public.published_performances().len(), public.published_ticket_types().len()), (1, 1));

    fixture.publish(event).await;
    let public = fixture.catalog.public_event(event).await.unwrap();
    assert_eq!(public.published_performances()[0].id, later);
    assert_eq!((public.event.version, public.published_ticket_types().len()), (2, 2));
    assert_eq!((public.card.shows.len(), public.card.min_price), (2, Some(50)));
}

#[tokio::test]
async fn what_is_not_ready_is_refused_and_unchanged() {
    let fixture = Fixture::start().await;
    let event = fixture.draft("Spring").await.id;
    let refused = fixture.catalog.publish_event(fixture.organizer, event, now()).await.unwrap_err();
    assert!(matches!(refused, Error::Publish(PublishError::NotReady(ref reasons)) if reasons.len() == 2));
    let problem = kit::problem::Problem::from(refused);
    assert_eq!((problem.status(), problem.code()), (409, "not_publishable"));
    assert_eq!(problem.member("reasons").unwrap()[0]["code"], "no_performance");
    assert_eq!(fixture.catalog.managed_event(fixture.organizer, event).await.unwrap().event.version, 1);
}

#[tokio::test]
async fn a_section_is_sold_once_even_in_a_race() {
    let fixture = Fixture::start().await;
    let event = fixture.draft("Spring").await.id;
    let sell = |sections: &'static [&'static str]| {
        fixture.catalog.create_ticket_type(fixture.organizer, TicketTypeId::generate(), seated(event, sections), now())
    };
    let (first, second, third) = tokio::join!(sell(&["A", "B"]), sell(&["B", "C"]), sell(&["D"]));
    assert!(first.is_ok() != second.is_ok());
    third.unwrap();
    let Err(Error::SectionsTaken(taken)) = first.and(second) else { panic!("one of them must lose") };
    assert_eq!(taken, ["B"]);
}

#[tokio::test]
async fn others_events_do_not_exist() {
    let fixture = Fixture::start().await;
    let event = fixture.on_sale("Spring", &[24]).await;
    let stranger = Manager::Organizer(UserId::generate());
    let catalog = &fixture.catalog;
    let patch = EventPatch::default();
    assert!(matches!(catalog.managed_event(stranger, event).await, Err(Error::NotFound)));
    assert!(matches!(catalog.update_event(stranger, event, &patch, now()).await, Err(Error::NotFound)));
    assert!(matches!(catalog.publish_event(stranger, event, now()).await, Err(Error::NotFound)));
    let id = PerformanceId::generate();
    let added = catalog.add_performance(stranger, event, id, performance(after_hours(1)), now()).await;
    assert!(matches!(added, Err(Error::NotFound)));
    let sold = catalog.create_ticket_type(stranger, TicketTypeId::generate(), admission(event, 1), now()).await;
    assert!(matches!(sold, Err(Error::NotFound)));

    let admin = Manager::Admin(UserId::generate());
    assert!(catalog.publish_event(admin, event, now()).await.is_ok());
}

#[tokio::test]
async fn a_performance_needs_a_layout_that_exists() {
    let fixture = Fixture::start().await;
    let event = fixture.draft("Spring").await.id;
    let new = NewPerformance { layout_id: Some(LayoutId::generate()), ..performance(after_hours(1)) };
    let refused =
        fixture.catalog.add_performance(fixture.organizer, event, PerformanceId::generate(), new, now()).await;
    assert!(matches!(refused, Err(Error::Invalid(_))));
}
