//! The use case: learn from events how to write to whom about what, and write about some of them.
//!
//! A mail cannot be taken back and the post knows no idempotency keys, so that exactly once is out of reach. What is
//! done: one item per event says who is sending its mail, then that it was sent. Two deliveries side by side, or one
//! after the other, send one mail. A mail goes out twice only when the function is stopped, or the post's answer is
//! lost, between the post accepting it and the item saying so: a second confirmation annoys, a missing one costs the
//! evening.

use contracts::booking::ReservationState;
use contracts::catalog::PerformanceState;
use contracts::event::{Envelope, EventType, UnreadableData};
use contracts::identity::UserState;
use contracts::ids::{PerformanceId, UserId};
use jiff::Timestamp;
use kit::dynamo::StoreError;
use kit::worker::chain;
use uuid::Uuid;

use crate::domain::{ComposeError, Contact, News, Showing, compose};
use crate::mailer::{MailError, Mailer};
use crate::store::{Claim, MailKey, Store};

/// What came of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Something to write with later was learned.
    Learned,
    /// A mail was sent.
    Sent,
    /// The mail had been sent before.
    AlreadySent,
}

/// An event could not be dealt with now; it has to be delivered again.
#[derive(Debug, thiserror::Error)]
pub enum NotifyError {
    /// Nobody writes about events of this type.
    #[error("nothing is known to do about {0}")]
    Unexpected(EventType),
    /// The event's data is not what its type promises.
    #[error(transparent)]
    Unreadable(#[from] UnreadableData),
    /// A performance was announced as published and has no terms.
    #[error("performance {0} was published without terms")]
    NoTerms(PerformanceId),
    /// The event that tells how to write to this user has not come yet.
    #[error("it is not known yet how to write to {0}")]
    UnknownContact(UserId),
    /// The event that tells about this performance has not come yet.
    #[error("nothing is known yet about {0}")]
    UnknownPerformance(PerformanceId),
    /// Another delivery of the event is being dealt with.
    #[error("the mail about {0} is being sent by another delivery")]
    Busy(String),
    /// The mail could not be written.
    #[error("the mail could not be written")]
    Compose(#[from] ComposeError),
    /// The mail could not be sent.
    #[error("the mail could not be sent")]
    Mail(#[from] MailError),
    /// The table failed.
    #[error("the table failed")]
    Store(#[from] StoreError),
}

/// Writes to people.
#[derive(Debug, Clone)]
pub struct Notify<M> {
    store: Store,
    mailer: M,
    public_url: String,
}

impl<M: Mailer> Notify<M> {
    /// With this store and this post; `public_url` is where the web pages are, for links.
    pub const fn new(store: Store, mailer: M, public_url: String) -> Self {
        Self { store, mailer, public_url }
    }

    /// Deals with one delivery of an event. `attempt` is a name for this delivery that no other one has.
    ///
    /// # Errors
    /// When the event has to be delivered again.
    pub async fn handle(&self, event: &Envelope, attempt: Uuid, now: Timestamp) -> Result<Outcome, NotifyError> {
        match event.event_type {
            EventType::UserRegistered | EventType::UserUpdated => {
                let user: UserState = event.state()?;
                let (id, version) = (user.id, user.version);
                self.store.put_contact(id, version, &Contact::from(user)).await?;
                Ok(Outcome::Learned)
            }
            EventType::PerformancePublished => {
                let performance: PerformanceState = event.state()?;
                let (id, version) = (performance.id, performance.version);
                let showing = Showing::of(performance).ok_or(NotifyError::NoTerms(id))?;
                self.store.put_showing(id, version, &showing).await?;
                Ok(Outcome::Learned)
            }
            EventType::ReservationConfirmed | EventType::ReservationCancelled => {
                let reservation: ReservationState = event.state()?;
                let confirmed = event.event_type == EventType::ReservationConfirmed;
                let news = if confirmed { News::Confirmed } else { News::of_cancelled(&reservation) };
                self.write(news, &reservation, event, attempt, now).await
            }
            other => Err(NotifyError::Unexpected(other)),
        }
    }

    async fn write(
        &self,
        news: News,
        reservation: &ReservationState,
        event: &Envelope,
        attempt: Uuid,
        now: Timestamp,
    ) -> Result<Outcome, NotifyError> {
        let (user, performance) = (reservation.user_id, reservation.performance_id);
        let (contact, showing) = self.store.contact_and_showing(user, performance).await?;
        let contact = contact.ok_or(NotifyError::UnknownContact(user))?;
        let showing = showing.ok_or(NotifyError::UnknownPerformance(performance))?;
        let mail = compose(news, reservation, &contact, &showing, &self.public_url)?;

        let event_id = event.event_id();
        let key = MailKey { reservation: reservation.id, event_id: &event_id };
        match self.store.claim(key, attempt, now).await? {
            Claim::Granted => {}
            Claim::AlreadySent => return Ok(Outcome::AlreadySent),
            Claim::Busy => return Err(NotifyError::Busy(event_id)),
        }
        let message_id = self.mailer.send(&mail).await?;
        if let Err(error) = self.store.mark_sent(key, &message_id, now).await {
            // Failing now would have the event delivered, and the mail sent, once more for certain.
            tracing::warn!(event_id, message_id, error = chain(&error), "a sent mail could not be recorded");
        }
        Ok(Outcome::Sent)
    }
}
