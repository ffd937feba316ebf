//! What taking an event off sale and calling it off change.
//!
//! Who has bought keeps the tickets of an event that is taken off sale; it can be published again. Calling off is for good:
//! booking cancels and refunds what was bought. Performances that have taken place are not called off any more.

use contracts::catalog::{EventState, EventStatus, PerformanceState};
use contracts::event::EventType;
use contracts::ids::PerformanceId;
use jiff::Timestamp;

use super::changes::{Changes, PerformanceChange};
use super::event::{PatchError, is_over};
use super::offer_patch::PartError;
use super::programme::Programme;

/// What taking an event off sale changes: it is a draft again, and its performances lose their terms, also those that an
/// interrupted publishing has given some.
///
/// # Errors
/// When it is over.
pub fn unpublish(programme: &Programme) -> Result<Changes, PatchError> {
    let event = &programme.event;
    if is_over(event.status) {
        return Err(PatchError::InvalidTransition { from: event.status, to: EventStatus::Draft });
    }
    let withdrawn =
        programme.performances.iter().filter(|performance| !performance.cancelled).filter_map(|performance| {
            let terms = performance.terms.clone()?;
            let state = PerformanceState { terms: None, version: performance.version + 1, ..performance.clone() };
            Some(PerformanceChange { state, event_type: EventType::PerformanceWithdrawn, withdrawn: Some(terms) })
        });
    let changes = Changes {
        performances: withdrawn.collect(),
        event: moved(event, EventStatus::Draft).map(|event| (event, EventType::EventUnpublished)),
        ..Changes::default()
    };
    Ok(changes.with_card(programme))
}

/// What calling an event off at this moment changes: it, and each of its performances that has ever been on sale and has
/// not started. Those on sale before get their last terms back: they tell what is refunded.
///
/// # Errors
/// When it has ended.
pub fn cancel(programme: &Programme, now: Timestamp) -> Result<Changes, PatchError> {
    let event = &programme.event;
    if event.status == EventStatus::Ended {
        return Err(PatchError::InvalidTransition { from: event.status, to: EventStatus::Cancelled });
    }
    let ahead =
        programme.performances.iter().filter(|performance| !performance.cancelled && performance.starts_at > now);
    let changes = Changes {
        performances: ahead.filter_map(|performance| called_off(programme, performance)).collect(),
        event: moved(event, EventStatus::Cancelled).map(|event| (event, EventType::EventCancelled)),
        ..Changes::default()
    };
    Ok(changes.with_card(programme))
}

/// What calling one performance off at this moment changes; nothing when it was called off before. `None` when the event
/// has no such performance.
///
/// # Errors
/// When it was never on sale, or has started.
pub fn cancel_performance(
    programme: &Programme,
    id: PerformanceId,
    now: Timestamp,
) -> Result<Option<Changes>, PartError> {
    let Some(performance) = programme.performance(id) else {
        return Ok(None);
    };
    if performance.cancelled {
        return Ok(Some(Changes::default()));
    }
    let change = called_off(programme, performance).ok_or(PartError::NeverPublished)?;
    if performance.starts_at <= now {
        return Err(PartError::Started);
    }
    Ok(Some(Changes { performances: vec![change], ..Changes::default() }.with_card(programme)))
}

fn called_off(programme: &Programme, performance: &PerformanceState) -> Option<PerformanceChange> {
    let terms = programme.last_terms(performance)?.clone();
    let version = performance.version + 1;
    let state = PerformanceState { terms: Some(terms), cancelled: true, version, ..performance.clone() };
    Some(PerformanceChange { state, event_type: EventType::PerformanceCancelled, withdrawn: None })
}

fn moved(event: &EventState, to: EventStatus) -> Option<EventState> {
    (event.status != to).then(|| EventState { status: to, version: event.version + 1, ..event.clone() })
}

#[cfg(test)]
#[path = "withdrawal_tests.rs"]
mod tests;
