use super::super::publication::publish;
use super::super::samples::{at, draft, on_sale, written};
use super::*;

fn types(changes: &Changes) -> (Option<EventType>, Vec<EventType>) {
    let event = changes.event.as_ref().map(|(_, event_type)| *event_type);
    (event, changes.performances.iter().map(|change| change.event_type).collect())
}

#[test]
fn only_the_drawn_ways_lead_off_sale() {
    use EventStatus::{Cancelled, Draft, Ended, OnSale, SoldOut};
    let refused = |from, to| Err(PatchError::InvalidTransition { from, to });
    let table = [
        (Draft, Ok(None), Ok(Some(EventType::EventCancelled))),
        (OnSale, Ok(Some(EventType::EventUnpublished)), Ok(Some(EventType::EventCancelled))),
        (SoldOut, Ok(Some(EventType::EventUnpublished)), Ok(Some(EventType::EventCancelled))),
        (Ended, refused(Ended, Draft), refused(Ended, Cancelled)),
        (Cancelled, refused(Cancelled, Draft), Ok(None)),
    ];
    for (status, unpublished, cancelled) in table {
        let mut event = draft(None);
        event.event.status = status;
        assert_eq!(unpublish(&event).map(|changes| types(&changes).0), unpublished, "{status:?}");
        assert_eq!(cancel(&event, at(1)).map(|changes| types(&changes).0), cancelled, "{status:?}");
    }
}

#[test]
fn what_is_taken_off_sale_keeps_its_last_terms_and_comes_back() {
    let (on_sale, known) = on_sale();
    let changes = unpublish(&on_sale).unwrap();
    assert_eq!(types(&changes).1, [EventType::PerformanceWithdrawn; 2]);
    let off = written(on_sale.clone(), &changes);
    assert!(!off.is_public() && off.published_performances().is_empty());
    assert!(off.card.shows.is_empty() && off.card.min_price.is_none());
    for (old, new) in on_sale.performances.iter().zip(&off.performances) {
        assert_eq!((new.terms.as_ref(), off.last_terms(new)), (None, old.terms.as_ref()));
    }
    assert!(off.was_published() && off.was_on_sale(off.ticket_types[0].id));
    assert!(unpublish(&off).unwrap().is_empty());

    let again = written(off.clone(), &publish(&off, &known).unwrap());
    assert!(again.is_public() && again.withdrawn.is_empty());
    assert_eq!(again.card.shows, on_sale.card.shows);
    assert!(again.performances.iter().all(|performance| performance.version == 4));
}

#[test]
fn an_interrupted_publishing_is_taken_back_whole() {
    let (mut halfway, _) = on_sale();
    halfway.event.status = EventStatus::Draft;
    let changes = unpublish(&halfway).unwrap();
    assert_eq!(types(&changes), (None, vec![EventType::PerformanceWithdrawn; 2]));
}

#[test]
fn calling_off_reaches_what_was_ever_on_sale_and_has_not_started() {
    let (on_sale, _) = on_sale();
    let withdrawn = written(on_sale.clone(), &unpublish(&on_sale).unwrap());
    let never = draft(None);
    for (name, programme, now, reached, public) in [
        ("on sale", &on_sale, at(1), 2, true),
        ("on sale, one has started", &on_sale, at(10), 1, true),
        ("on sale, all have started", &on_sale, at(20), 0, true),
        ("taken off sale", &withdrawn, at(1), 2, true),
        ("taken off sale, all have started", &withdrawn, at(20), 0, false),
        ("never on sale", &never, at(1), 0, false),
    ] {
        let changes = cancel(programme, now).unwrap();
        assert_eq!(types(&changes), (Some(EventType::EventCancelled), vec![EventType::PerformanceCancelled; reached]));
        let after = written(programme.clone(), &changes);
        assert_eq!(after.event.status, EventStatus::Cancelled, "{name}");
        for performance in &after.performances {
            let ahead = performance.starts_at > now && programme.was_published();
            assert_eq!(performance.cancelled, ahead, "{name}");
            assert!(!ahead || performance.terms.is_some(), "{name}: they tell what is refunded");
        }
        assert_eq!((after.is_public(), !after.card.shows.is_empty()), (public, public), "{name}");
        assert!(cancel(&after, now).unwrap().is_empty(), "{name}: once");
    }
}

#[test]
fn what_an_interruption_left_is_called_off_later() {
    let (on_sale, _) = on_sale();
    let steps = cancel(&on_sale, at(1)).unwrap().event_first(1);
    assert_eq!(steps.len(), 2);
    let halfway = on_sale.after(&steps[0]);
    assert_eq!(halfway.event.status, EventStatus::Cancelled);
    let rest = cancel(&halfway, at(1)).unwrap();
    assert_eq!(types(&rest), (None, vec![EventType::PerformanceCancelled]));
    let after = written(halfway, &rest);
    assert!(after.performances.iter().all(|performance| performance.cancelled && performance.version == 3));
}

#[test]
fn one_performance_is_called_off_by_itself() {
    let (on_sale, known) = on_sale();
    let (late, early) = (on_sale.performances[0].id, on_sale.performances[1].id);
    let changes = cancel_performance(&on_sale, early, at(1)).unwrap().unwrap();
    assert_eq!(types(&changes), (None, vec![EventType::PerformanceCancelled]));
    let after = written(on_sale.clone(), &changes);
    assert!(after.performance(early).unwrap().cancelled && !after.performance(late).unwrap().cancelled);
    assert_eq!(after.card.shows.iter().map(|show| show.id).collect::<Vec<_>>(), [late], "listed by what takes place");
    assert_eq!(after.published_performances().len(), 2, "and still told");
    assert!(cancel_performance(&after, early, at(30)).unwrap().unwrap().is_empty(), "once");
    assert!(publish(&after, &known).unwrap().is_empty());

    let off = written(after.clone(), &unpublish(&after).unwrap());
    assert!(off.performance(early).unwrap().terms.is_some(), "what was called off stays so");
    let called_off = written(off.clone(), &cancel_performance(&off, late, at(1)).unwrap().unwrap());
    assert_eq!(called_off.last_terms(called_off.performance(late).unwrap()), off.withdrawn.get(&late));
}

#[test]
fn what_cannot_be_called_off() {
    let (on_sale, _) = on_sale();
    let early = on_sale.performances[1].id;
    let never = draft(None);
    assert_eq!(cancel_performance(&on_sale, early, at(10)), Err(PartError::Started));
    assert_eq!(cancel_performance(&never, never.performances[0].id, at(1)), Err(PartError::NeverPublished));
    assert_eq!(cancel_performance(&on_sale, PerformanceId::generate(), at(1)), Ok(None));
}
