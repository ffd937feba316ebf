//! What the waiting room refuses, and how a caller is told.

use jiff::Timestamp;
use kit::dynamo::StoreError;
use kit::problem::Problem;
use kit::signed::NotSigned;
use serde::Serialize;

use crate::domain::queue::Refusal;
use crate::outbox::SendError;

/// A request that the waiting room does not carry out.
#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    /// No such event, or not a public one.
    #[error("there is no such event")]
    NotFound,
    /// The event has no queue.
    #[error("the event has no queue")]
    NoQueue,
    /// Too early even for the draw.
    #[error("the queue opens at {pre_queue_opens_at}")]
    NotOpen {
        /// When the sale opens.
        opens_at: Timestamp,
        /// When the draw can be entered.
        pre_queue_opens_at: Timestamp,
        /// In how many seconds that is.
        wait_seconds: u32,
    },
    /// Nothing will be sold any more.
    #[error("the sale is over")]
    SaleOver,
    /// The ticket is not the caller's place in this line.
    #[error("the ticket is not valid")]
    TicketInvalid(TicketFlaw),
    /// The queue's state does not allow the change.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The table did not answer as it should.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A queue did not take a message.
    #[error(transparent)]
    Send(#[from] SendError),
    /// A ticket or a token could not be signed.
    #[error(transparent)]
    NotSigned(#[from] NotSigned),
}

/// What is wrong with a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TicketFlaw {
    /// It is no ticket.
    Malformed,
    /// We have not made it.
    Forged,
    /// It is somebody else's.
    OtherAccount,
    /// It is for another event's line.
    OtherEvent,
}

impl From<QueueError> for Problem {
    fn from(error: QueueError) -> Self {
        match error {
            QueueError::NotFound | QueueError::NoQueue => Self::not_found(),
            QueueError::NotOpen { opens_at, pre_queue_opens_at, wait_seconds } => {
                Self::conflict("queue_not_open", format!("The queue opens at {pre_queue_opens_at}."))
                    .with("opensAt", opens_at)
                    .with("preQueueOpensAt", pre_queue_opens_at)
                    .retry_after(wait_seconds)
            }
            QueueError::SaleOver => Self::conflict("sale_over", "Nothing is sold any more."),
            QueueError::TicketInvalid(flaw) => {
                Self::new(403, "ticket_invalid", "This ticket is not your place in this line.").with("reason", flaw)
            }
            QueueError::Refused(Refusal::Running) => Self::conflict(
                "queue_running",
                "People have entered the queue. Its opening moves only when it is emptied.",
            ),
            QueueError::Refused(Refusal::Version(version)) => {
                Self::conflict("version_conflict", "The queue has changed meanwhile.").with("version", version)
            }
            QueueError::Store(error) => error.into(),
            QueueError::Send(error) => Self::unavailable(error),
            QueueError::NotSigned(error) => Self::internal(error),
        }
    }
}
