use std::future::Future;

use contracts::catalog::EventStatus;
use contracts::ids::{EventId, PerformanceId, TicketTypeId};
use testkit::Pause;

use super::fixture::{Fixture, admission, after_hours, now, performance, seated};
use crate::domain::event::EventPatch;
use crate::domain::offer_patch::{PartError, PerformancePatch, TicketTypePatch};
use crate::domain::publication::PublishError;
use crate::store::Store;
use crate::{Catalog, Error};

/// Lets `slow` get as far as its call of this number, then `fast` happen whole, then `slow` go on; what came of both.
async fn overtaken<S, A, F, B>(
    fixture: &Fixture,
    call: usize,
    slow: impl FnOnce(Catalog) -> S,
    fast: impl FnOnce(Catalog) -> F,
) -> (A, B)
where
    S: Future<Output = A> + Send + 'static,
    A: Send + 'static,
    F: Future<Output = B>,
{
    let pause = Pause::before(call);
    let catalog = Catalog::new(Store::new(fixture.table.pausing_client(&pause), &fixture.table.name));
    let task = tokio::spawn(slow(catalog));
    assert!(pause.reached_or(&task).await, "it made fewer calls");
    let fast = fast(fixture.catalog.clone()).await;
    pause.end();
    (task.await.unwrap(), fast)
}

/// A general admission draft with two performances and two ticket types.
async fn draft(fixture: &Fixture) -> (EventId, PerformanceId, TicketTypeId) {
    let event = fixture.draft("Spring").await.id;
    let first = fixture.add(event, performance(after_hours(10))).await;
    fixture.add(event, performance(after_hours(20))).await;
    let kind = fixture.sell(admission(event, 100)).await;
    fixture.sell(admission(event, 50)).await;
    (event, first, kind)
}

/// The calls of a change: it reads once, then writes.
const WRITE: usize = 2;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sold_that_is_taken_back_meanwhile() {
    let fixture = Fixture::start().await;
    let (by, (event, first, kind)) = (fixture.organizer, draft(&fixture).await);
    let (published, removed) = overtaken(
        &fixture,
        WRITE,
        |catalog| async move { catalog.publish_event(by, event, now()).await },
        |catalog| async move { catalog.remove_ticket_type(by, event, kind, now()).await },
    )
    .await;
    removed.unwrap();
    let published = published.unwrap();
    assert!(!published.was_on_sale(kind) && published.published_performances().len() == 2);

    let fixture = Fixture::start().await;
    let (by, (event, first_too, _)) = (fixture.organizer, draft(&fixture).await);
    assert_ne!(first, first_too);
    let (published, removed) = overtaken(
        &fixture,
        WRITE,
        |catalog| async move { catalog.publish_event(by, event, now()).await },
        |catalog| async move { catalog.remove_performance(by, event, first_too, now()).await },
    )
    .await;
    removed.unwrap();
    assert!(published.unwrap().performance(first_too).is_none());
    assert_eq!(fixture.catalog.public_event(event).await.unwrap().published_performances().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_taken_back_that_is_sold_meanwhile() {
    let fixture = Fixture::start().await;
    let (by, (event, first, kind)) = (fixture.organizer, draft(&fixture).await);
    let (removed, published) = overtaken(
        &fixture,
        WRITE,
        |catalog| async move { catalog.remove_ticket_type(by, event, kind, now()).await },
        |catalog| async move { catalog.publish_event(by, event, now()).await },
    )
    .await;
    assert!(matches!(removed, Err(Error::Part(PartError::AlreadyPublished))), "{removed:?}");
    assert!(published.unwrap().was_on_sale(kind));

    let fixture = Fixture::start().await;
    let (by, (event, other, _)) = (fixture.organizer, draft(&fixture).await);
    assert_ne!(first, other);
    let (removed, published) = overtaken(
        &fixture,
        WRITE,
        |catalog| async move { catalog.remove_performance(by, event, other, now()).await },
        |catalog| async move { catalog.publish_event(by, event, now()).await },
    )
    .await;
    assert!(matches!(removed, Err(Error::Part(PartError::AlreadyPublished))), "{removed:?}");
    assert_eq!(published.unwrap().published_performances().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_changes_while_publishing_is_the_one_on_sale() {
    let fixture = Fixture::start().await;
    let (by, (event, _, kind)) = (fixture.organizer, draft(&fixture).await);
    let (published, changed) = overtaken(
        &fixture,
        WRITE,
        |catalog| async move { catalog.publish_event(by, event, now()).await },
        |catalog| async move {
            let patch = TicketTypePatch { price: Some(7), ..TicketTypePatch::default() };
            catalog.update_ticket_type(by, event, kind, &patch, now()).await
        },
    )
    .await;
    changed.unwrap();
    assert_eq!(published.unwrap().card.min_price, Some(7));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_goes_on_sale_or_is_added_once_the_event_is_called_off() {
    let fixture = Fixture::start().await;
    let (by, (event, ..)) = (fixture.organizer, draft(&fixture).await);
    let (published, cancelled) = overtaken(
        &fixture,
        WRITE,
        |catalog| async move { catalog.publish_event(by, event, now()).await },
        |catalog| async move { catalog.cancel_event(by, event, now()).await },
    )
    .await;
    cancelled.unwrap();
    assert!(matches!(published, Err(Error::Publish(PublishError::Over(EventStatus::Cancelled)))), "{published:?}");
    let after = fixture.catalog.managed_event(by, event).await.unwrap();
    assert!(!after.was_published() && !after.is_public());

    let fixture = Fixture::start().await;
    let (by, (event, ..)) = (fixture.organizer, draft(&fixture).await);
    // Reading to know the event, then to add to it.
    let (added, cancelled) = overtaken(
        &fixture,
        WRITE + 1,
        |catalog| async move {
            let id = PerformanceId::generate();
            catalog.add_performance(by, event, id, performance(after_hours(30)), now()).await
        },
        |catalog| async move { catalog.cancel_event(by, event, now()).await },
    )
    .await;
    cancelled.unwrap();
    assert!(matches!(added, Err(Error::EventOver)), "{added:?}");
    assert_eq!(fixture.catalog.managed_event(by, event).await.unwrap().performances.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_section_is_sold_once_also_when_it_changes_hands() {
    let fixture = Fixture::start().await;
    let (by, event) = (fixture.organizer, fixture.draft("Spring").await.id);
    let first = fixture.sell(seated(event, &["A"])).await;
    let second = fixture.sell(seated(event, &["B"])).await;
    let wants = |sections: &[&str]| TicketTypePatch {
        section_ids: Some(sections.iter().map(|&section| section.to_owned()).collect()),
        ..TicketTypePatch::default()
    };
    let (slow, fast) = (wants(&["A", "C"]), wants(&["B", "C"]));
    let (slow, fast) = overtaken(
        &fixture,
        WRITE,
        |catalog| async move { catalog.update_ticket_type(by, event, first, &slow, now()).await },
        |catalog| async move { catalog.update_ticket_type(by, event, second, &fast, now()).await },
    )
    .await;
    fast.unwrap();
    let Err(Error::SectionsTaken(taken)) = slow else { panic!("{slow:?}") };
    assert_eq!(taken, ["C"]);
}

#[tokio::test]
async fn of_two_who_looked_at_the_same_part_one_wins() {
    let fixture = Fixture::start().await;
    let (catalog, by, (event, first, kind)) = (&fixture.catalog, fixture.organizer, draft(&fixture).await);
    let priced = |price| TicketTypePatch { version: Some(1), price: Some(price), ..TicketTypePatch::default() };
    let (one, other) = (priced(1), priced(2));
    let (one, other) = tokio::join!(
        catalog.update_ticket_type(by, event, kind, &one, now()),
        catalog.update_ticket_type(by, event, kind, &other, now()),
    );
    assert!(one.is_ok() != other.is_ok());
    assert!(matches!(one.and(other).unwrap_err(), Error::Part(PartError::VersionConflict { current: 2 })));

    let starts = |hours| {
        let starts_at = Some(after_hours(hours));
        PerformancePatch { version: Some(1), starts_at, ..PerformancePatch::default() }
    };
    let (one, other) = (starts(11), starts(12));
    let (one, other) = tokio::join!(
        catalog.update_performance(by, event, first, &one, now()),
        catalog.update_performance(by, event, first, &other, now()),
    );
    assert!(one.is_ok() != other.is_ok());
    assert!(matches!(one.and(other).unwrap_err(), Error::Part(PartError::VersionConflict { current: 2 })));
}

#[tokio::test]
async fn calling_off_wins_over_whatever_happens_at_the_same_time() {
    let fixture = Fixture::start().await;
    let (catalog, by, (event, first, _)) = (&fixture.catalog, fixture.organizer, draft(&fixture).await);
    fixture.publish(event).await;
    let rename = EventPatch { title: Some("Summer".into()), ..EventPatch::default() };
    let later = PerformancePatch { starts_at: Some(after_hours(11)), ..PerformancePatch::default() };
    let _ = tokio::join!(
        catalog.update_event(by, event, &rename, now()),
        catalog.unpublish_event(by, event, now()),
        catalog.publish_event(by, event, now()),
        catalog.update_performance(by, event, first, &later, now()),
        catalog.cancel_performance(by, event, first, now()),
        async { catalog.cancel_event(by, event, now()).await.unwrap() },
    );
    let after = catalog.public_event(event).await.unwrap();
    assert_eq!(after.event.status, EventStatus::Cancelled);
    assert!(after.performances.iter().all(|each| each.cancelled && each.terms.is_some()));
    assert_eq!((after.card.shows.len(), after.card.version), (2, after.event.version));
    assert_eq!(catalog.cancel_event(by, event, now()).await.unwrap(), after);
}

#[tokio::test]
async fn changes_and_publishing_at_the_same_time_agree_in_the_end() {
    let fixture = Fixture::start().await;
    let event = super::interruptions::many(&fixture).await.event.id;
    let rename = |title: &'static str| {
        let (catalog, organizer) = (fixture.catalog.clone(), fixture.organizer);
        async move {
            let patch = EventPatch { title: Some(title.into()), ..EventPatch::default() };
            catalog.update_event(organizer, event, &patch, now()).await.map(|_| ())
        }
    };
    let publish = async { fixture.catalog.publish_event(fixture.organizer, event, now()).await.map(|_| ()) };
    let outcomes = tokio::join!(publish, rename("A"), rename("B"), rename("C"));
    for outcome in [outcomes.0, outcomes.1, outcomes.2, outcomes.3] {
        outcome.unwrap();
    }
    let after = fixture.catalog.public_event(event).await.unwrap();
    let title = &after.event.title;
    assert!(after.performances.iter().all(|each| &each.terms.as_ref().unwrap().title == title));
    assert_eq!((&after.card.title, after.card.version), (title, after.event.version));
}
