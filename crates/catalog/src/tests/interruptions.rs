use contracts::catalog::{EventStatus, PerformanceState};
use testkit::{Faults, Moment};

use super::fixture::{Fixture, admission, after_hours, now, performance};
use crate::domain::event::EventPatch;
use crate::domain::offer_patch::{PerformancePatch, TicketTypePatch};
use crate::domain::programme::Programme;
use crate::{Catalog, Error};

/// Two steps of performances, and one with the rest of them and the event.
const MANY: i64 = 95;

pub async fn many(fixture: &Fixture) -> Programme {
    let event = fixture.draft("Spring").await.id;
    for hours in 1..=MANY {
        fixture.add(event, performance(after_hours(hours))).await;
    }
    fixture.sell(admission(event, 100)).await;
    fixture.catalog.managed_event(fixture.organizer, event).await.unwrap()
}

#[tokio::test]
async fn publishing_survives_an_interruption_at_every_call() {
    let draft = Fixture::start().await;
    let event = many(&draft).await.event.id;
    for fault in Faults::every(10) {
        let fixture = draft.copy().await;
        let faults = Faults::one(fault);
        let outcome = fixture.failing(&faults).publish_event(fixture.organizer, event, now()).await;
        if !faults.struck() {
            assert!(fault.call > 4, "query, three steps: {fault:?}");
            outcome.unwrap();
            return;
        }
        assert!(matches!(outcome, Err(Error::Store(_))), "{fault:?}");
        let halfway = fixture.catalog.managed_event(fixture.organizer, event).await.unwrap();
        let all_announced = |programme: &Programme| programme.published_performances().len() as i64 == MANY;
        assert!(!halfway.is_public() || all_announced(&halfway), "{fault:?}");

        fixture.publish(event).await;
        let after = fixture.catalog.public_event(event).await.unwrap();
        assert!(all_announced(&after), "{fault:?}");
        assert!(after.performances.iter().all(|performance| performance.version == 2), "announced once: {fault:?}");
        assert_eq!((after.event.version, after.card.shows.len() as i64), (2, MANY));
    }
    panic!("publishing made more calls than were made to fail");
}

#[tokio::test]
async fn a_change_survives_an_interruption_at_every_call() {
    let on_sale = Fixture::start().await;
    let event = many(&on_sale).await.event.id;
    on_sale.publish(event).await;
    for fault in Faults::every(10) {
        let fixture = on_sale.copy().await;
        let patch = EventPatch { version: Some(2), title: Some("Summer".into()), ..EventPatch::default() };
        let faults = Faults::one(fault);
        let outcome = fixture.failing(&faults).update_event(fixture.organizer, event, &patch, now()).await;
        if !faults.struck() {
            outcome.unwrap();
            return;
        }
        let repeated = fixture.catalog.update_event(fixture.organizer, event, &patch, now()).await.unwrap();
        assert_eq!((repeated.title.as_str(), repeated.version), ("Summer", 3), "{fault:?}");
        let after = fixture.catalog.public_event(event).await.unwrap();
        let reworded = |each: &PerformanceState| each.terms.as_ref().unwrap().title == "Summer" && each.version == 3;
        assert!(after.performances.iter().all(reworded), "{fault:?}");
        assert_eq!((after.card.title.as_str(), after.card.version), ("Summer", 3));
    }
    panic!("the change made more calls than were made to fail");
}

#[tokio::test]
async fn taking_off_sale_survives_an_interruption_at_every_call() {
    let on_sale = Fixture::start().await;
    let event = many(&on_sale).await.event.id;
    on_sale.publish(event).await;
    for fault in Faults::every(10) {
        let fixture = on_sale.copy().await;
        let faults = Faults::one(fault);
        let outcome = fixture.failing(&faults).unpublish_event(fixture.organizer, event, now()).await;
        if !faults.struck() {
            assert!(fault.call > 4, "query, three steps: {fault:?}");
            outcome.unwrap();
            return;
        }
        let halfway = fixture.catalog.managed_event(fixture.organizer, event).await.unwrap();
        assert!(!halfway.is_public() || halfway.withdrawn.is_empty(), "public, and no more on sale: {fault:?}");

        let after = fixture.catalog.unpublish_event(fixture.organizer, event, now()).await.unwrap();
        assert_eq!(after, fixture.catalog.managed_event(fixture.organizer, event).await.unwrap());
        let off = |each: &PerformanceState| each.terms.is_none() && each.version == 3;
        assert!(after.performances.iter().all(off), "withdrawn once: {fault:?}");
        assert_eq!((after.event.version, after.card.shows.len(), after.withdrawn.len() as i64), (3, 0, MANY));
    }
    panic!("taking off sale made more calls than were made to fail");
}

#[tokio::test]
async fn calling_off_survives_an_interruption_at_every_call() {
    let on_sale = Fixture::start().await;
    let event = many(&on_sale).await.event.id;
    on_sale.publish(event).await;
    // Five have started.
    let now = after_hours(5);
    for fault in Faults::every(10) {
        let fixture = on_sale.copy().await;
        let faults = Faults::one(fault);
        let outcome = fixture.failing(&faults).cancel_event(fixture.organizer, event, now).await;
        if !faults.struck() {
            assert!(fault.call > 4, "query, three steps: {fault:?}");
            outcome.unwrap();
            return;
        }
        let halfway = fixture.catalog.public_event(event).await.unwrap();
        let any = halfway.performances.iter().any(|each| each.cancelled);
        assert_eq!(
            halfway.event.status == EventStatus::Cancelled,
            any,
            "the event goes with the first step: {fault:?}"
        );

        let after = fixture.catalog.cancel_event(fixture.organizer, event, now).await.unwrap();
        assert_eq!(after, fixture.catalog.public_event(event).await.unwrap());
        for each in &after.performances {
            let ahead = each.starts_at > now;
            assert_eq!((each.cancelled, each.version), (ahead, if ahead { 3 } else { 2 }), "once: {fault:?}");
        }
        assert_eq!((after.event.version, after.card.shows.len() as i64), (3, MANY));
        let called_off = fixture.announced().await;
        let called_off = called_off.iter().filter(|(event_type, ..)| event_type == "catalog.performance-cancelled.v1");
        assert_eq!(called_off.count() as i64, MANY - 5);
    }
    panic!("calling off made more calls than were made to fail");
}

#[tokio::test]
async fn what_is_one_write_is_done_whole_or_not_at_all() {
    let prepared = Fixture::start().await;
    let event = prepared.on_sale("Spring", &[10, 20]).await;
    let sold = prepared.catalog.managed_event(prepared.organizer, event).await.unwrap();
    let (shown, kind) = (sold.performances[0].id, sold.ticket_types[0].id);
    let (unsold, spare) = (prepared.add(event, performance(after_hours(30))).await, admission(event, 5));
    let spare = prepared.sell(spare).await;
    let later = PerformancePatch { starts_at: Some(after_hours(11)), version: Some(2), ..PerformancePatch::default() };
    let cheaper = TicketTypePatch { price: Some(50), version: Some(1), ..TicketTypePatch::default() };
    for name in
        ["cancel a performance", "move a performance", "change a price", "remove a performance", "remove a price"]
    {
        for fault in Faults::every(6) {
            let fixture = prepared.copy().await;
            let by = fixture.organizer;
            let act = async |catalog: &Catalog| match name {
                "cancel a performance" => catalog.cancel_performance(by, event, shown, now()).await.map(drop),
                "move a performance" => catalog.update_performance(by, event, shown, &later, now()).await.map(drop),
                "change a price" => catalog.update_ticket_type(by, event, kind, &cheaper, now()).await.map(drop),
                "remove a performance" => catalog.remove_performance(by, event, unsold, now()).await,
                _ => catalog.remove_ticket_type(by, event, spare, now()).await,
            };
            let before = fixture.catalog.managed_event(by, event).await.unwrap();
            let faults = Faults::one(fault);
            let first = act(&fixture.failing(&faults)).await;
            if !faults.struck() {
                first.unwrap();
                break;
            }
            assert!(fault.call < 5, "{name} makes more calls than were made to fail");
            assert!(matches!(first, Err(Error::Store(_))), "{name}: {fault:?}");
            let repeated = act(&fixture.catalog).await;
            let gone = name.starts_with("remove")
                && fault.moment == Moment::AfterEffect
                && matches!(repeated, Err(Error::NotFound));
            assert!(repeated.is_ok() || gone, "{name}: {fault:?} {repeated:?}");
            let after = fixture.catalog.managed_event(by, event).await.unwrap();
            assert_eq!(after.revision, before.revision + 1, "{name}: written once, {fault:?}");
            assert_ne!(after.performances.len() + after.ticket_types.len(), 0);
        }
    }
}
