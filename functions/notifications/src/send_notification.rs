//! Events → inbox, mail, push messages.

use jiff::Timestamp;
use kit::worker::{Delivery, WorkerError};
use notifications::mailer::Mailer;
use notifications::notify::Notify;
use notifications::push::PushService;
use uuid::Uuid;

/// Deals with one delivery of an event.
///
/// # Errors
/// When it has to be delivered again.
pub async fn handle<M: Mailer, P: PushService>(notify: &Notify<M, P>, delivery: Delivery) -> Result<(), WorkerError> {
    notify.handle(&delivery.event, Uuid::now_v7(), Timestamp::now()).await?;
    Ok(())
}
