//! Somebody goes, and their place is for somebody else.

use contracts::event::EventType;
use contracts::ids::{AdmissionId, EventId, UserId};
use contracts::waiting_room::AdmissionEnd;
use jiff::Timestamp;
use kit::dynamo::StoreError;

use crate::QueueError;
use crate::domain::admission::Admission;
use crate::dynamodb::Store;

/// How often an admission that others change is read again.
const TRIES: u32 = 5;

/// Ends the caller's admission to a sale, if they have one. A ticket needs no ending: it is only paper.
///
/// # Errors
/// When the event is not there, or the table does not answer.
pub async fn leave(store: &Store, event: EventId, user: UserId, now: Timestamp) -> Result<(), QueueError> {
    store.room(event).await?.public_event()?;
    end(store, event, user, None, AdmissionEnd::Left, now).await?;
    Ok(())
}

/// Ends somebody's admission because of `why`: this one, or whichever they have. Says whether it was this call that
/// did.
pub(crate) async fn end(
    store: &Store,
    event: EventId,
    user: UserId,
    id: Option<AdmissionId>,
    why: AdmissionEnd,
    now: Timestamp,
) -> Result<bool, StoreError> {
    change(store, (event, user, id), EventType::AdmissionEnded, now, |admission| admission.ended(why, now)).await
}

/// Prolongs an admission to `until` (seconds since 1970), unless it is over.
pub(crate) async fn prolong(
    store: &Store,
    event: EventId,
    user: UserId,
    id: AdmissionId,
    until: i64,
    now: Timestamp,
) -> Result<bool, StoreError> {
    change(store, (event, user, Some(id)), EventType::AdmissionRenewed, now, |admission| admission.prolonged(until))
        .await
}

async fn change(
    store: &Store,
    (event, user, id): (EventId, UserId, Option<AdmissionId>),
    because: EventType,
    now: Timestamp,
    step: impl Fn(&Admission) -> Option<Admission>,
) -> Result<bool, StoreError> {
    for _ in 0..TRIES {
        let known = store.admission(event, user).await?;
        let wanted = known.filter(|known| id.is_none_or(|id| id == known.state.id));
        let Some(changed) = wanted.as_ref().and_then(&step) else { return Ok(false) };
        // Its place was given on: there is nothing left to end or to prolong.
        if changed.gate.is_none() {
            return Ok(false);
        }
        if store.save_admission(&changed, because, now).await? {
            return Ok(true);
        }
    }
    Err(StoreError::Contended)
}
