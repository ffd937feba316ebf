//! Events → inbox, mail, push messages.

use jiff::Timestamp;
use kit::worker::{Delivery, WorkerError};
use notifications::mailer::Mailer;
use notifications::notify::{Attempt, Notify};
use notifications::push::PushService;
use uuid::Uuid;

/// Deals with one delivery of an event.
///
/// # Errors
/// When it has to be delivered again.
pub async fn handle<M: Mailer, P: PushService>(notify: &Notify<M, P>, delivery: Delivery) -> Result<(), WorkerError> {
    let attempt = Attempt { name: Uuid::now_v7(), number: delivery.attempt };
    notify.handle(&delivery.event, attempt, Timestamp::now()).await?;
    Ok(())
}
