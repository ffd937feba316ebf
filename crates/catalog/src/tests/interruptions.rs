use contracts::catalog::PerformanceState;
use testkit::Faults;

use super::fixture::{Fixture, admission, after_hours, now, performance};
use crate::Error;
use crate::domain::event::EventPatch;
use crate::domain::programme::Programme;

/// Two steps of performances, and one with the rest of them and the event.
const MANY: i64 = 95;

async fn many(fixture: &Fixture) -> Programme {
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
            assert!(fault.call > 5, "query, three steps, query: {fault:?}");
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
async fn changes_and_publishing_at_the_same_time_agree_in_the_end() {
    let fixture = Fixture::start().await;
    let event = many(&fixture).await.event.id;
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
