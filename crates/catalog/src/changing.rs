//! How an event and what belongs to it is changed: read all of it, decide, write; again when others were faster.

use std::time::Duration;

use contracts::ids::EventId;
use jiff::Timestamp;
use kit::dynamo::StoreError;
use kit::retry::backoff;
use kit::validate::Checks;

use crate::domain::changes::Changes;
use crate::domain::event::is_over;
use crate::domain::programme::{Manager, Programme};
use crate::{Catalog, Error};

/// How often a change is tried on what others have just changed.
pub const TRIES: u32 = 8;

impl Catalog {
    /// Changes an event that the caller manages: takes the steps that `decide` finds necessary. Answers with the event after
    /// them.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not there or not theirs; what `decide` refuses with.
    pub(crate) async fn change(
        &self,
        manager: Manager,
        id: EventId,
        now: Timestamp,
        decide: impl Fn(&Programme) -> Result<Vec<Changes>, Error>,
    ) -> Result<Programme, Error> {
        for attempt in 1..=TRIES {
            let programme = self.managed_event(manager, id).await?;
            let steps = decide(&programme)?;
            if let Some(after) = self.take_all(programme, &steps, now).await? {
                return Ok(after);
            }
            pause(attempt).await;
        }
        Err(StoreError::Contended.into())
    }

    /// The same of something that belongs to the event, which must not be over.
    pub(crate) async fn change_part(
        &self,
        manager: Manager,
        id: EventId,
        now: Timestamp,
        decide: impl Fn(&Programme) -> Result<Changes, Error>,
    ) -> Result<Programme, Error> {
        let open = |programme: &Programme| {
            if is_over(programme.event.status) {
                return Err(Error::EventOver);
            }
            let changes = decide(programme)?;
            Ok(if changes.is_empty() { Vec::new() } else { vec![changes] })
        };
        self.change(manager, id, now, open).await
    }

    /// The event after all steps were taken; `None` as soon as one was refused.
    pub(crate) async fn take_all(
        &self,
        mut programme: Programme,
        steps: &[Changes],
        now: Timestamp,
    ) -> Result<Option<Programme>, Error> {
        for step in steps {
            if !self.store.take(&programme, step, now).await? {
                return Ok(None);
            }
            programme = programme.after(step);
        }
        Ok(Some(programme))
    }
}

pub fn checked(check: impl FnOnce(&mut Checks)) -> Result<(), Error> {
    let mut checks = Checks::new();
    check(&mut checks);
    checks.done().map_err(Error::Invalid)
}

pub async fn pause(attempt: u32) {
    tokio::time::sleep(backoff(attempt, Duration::from_millis(20), Duration::from_millis(400))).await;
}
