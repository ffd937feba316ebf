//! The use case: learn from events how to write to whom about what, and tell people about some of them.
//!
//! What there is to tell goes three ways, each of which bears being tried again by itself. First into the inbox, in the
//! write that claims the mail: once for good. Then by mail. Then to browsers, whatever has become of the mail.
//!
//! A mail cannot be taken back and the post knows no idempotency keys, so that exactly once is out of reach. What is
//! done: the inbox's item of an event says who is sending its mail, then that it was sent. Two deliveries side by side,
//! or one after the other, send one mail. A mail goes out twice only when the function is stopped, or the post's answer
//! is lost, between the post accepting it and the item saying so: a second confirmation annoys, a missing one costs the
//! evening.
//!
//! Push messages are done in the same way, on the same item, which also says which browsers have theirs. They are a
//! courtesy: what push services have not taken by delivery [`PUSH_TRIES`] is left, so that they keep no event from
//! being dealt with. A message that comes twice takes the place of the first, by its topic on the way and by its id on
//! the screen.

use contracts::booking::ReservationState;
use contracts::catalog::PerformanceState;
use contracts::event::{Envelope, EventType, UnreadableData};
use contracts::identity::UserState;
use contracts::ids::{PerformanceId, PushSubscriptionId, UserId};
use futures_util::future::join_all;
use jiff::Timestamp;
use kit::dynamo::StoreError;
use kit::worker::chain;
use uuid::Uuid;

use crate::domain::{ComposeError, Contact, Endpoint, Mail, News, Notice, Showing, Subscription, compose};
use crate::mailer::{MailError, Mailer};
use crate::push::{PushService, Reception};
use crate::store::{Claim, PushClaim, Store};
use crate::subscribing;

mod message;

/// The last delivery of an event that tries push messages. Less than the queue's six, so that a push service that is
/// down sends no event to the dead-letter queue.
pub const PUSH_TRIES: u32 = 3;

/// One delivery of an event.
#[derive(Debug, Clone, Copy)]
pub struct Attempt {
    /// A name that no other delivery has.
    pub name: Uuid,
    /// How often the event has been delivered, this time included.
    pub number: u32,
}

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
    /// Another delivery of the event is telling browsers about it.
    #[error("browsers are being told about {0} by another delivery")]
    PushBusy(String),
    /// Some push services could not take their messages now.
    #[error("{0} browsers could not be told now")]
    PushLater(usize),
    /// A push message could not be written, a mistake of ours.
    #[error("the push message could not be written")]
    Payload(#[from] serde_json::Error),
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

/// Tells people.
#[derive(Debug, Clone)]
pub struct Notify<M, P> {
    store: Store,
    mailer: M,
    push: P,
    public_url: String,
}

impl<M: Mailer, P: PushService> Notify<M, P> {
    /// With this store, this post and these push services; `public_url` is where the web pages are, for links.
    pub const fn new(store: Store, mailer: M, push: P, public_url: String) -> Self {
        Self { store, mailer, push, public_url }
    }

    /// Deals with one delivery of an event.
    ///
    /// # Errors
    /// When the event has to be delivered again.
    pub async fn handle(&self, event: &Envelope, attempt: Attempt, now: Timestamp) -> Result<Outcome, NotifyError> {
        match event.event_type {
            EventType::UserRegistered | EventType::UserUpdated => {
                let user: UserState = event.state()?;
                let (id, version) = (user.id, user.version);
                self.store.put_contact(id, version, &Contact::from(user)).await?;
                Ok(Outcome::Learned)
            }
            // One that is called off says when it was to begin, which may have changed while it was off sale.
            EventType::PerformancePublished | EventType::PerformanceCancelled => {
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
                self.tell(news, &reservation, event, attempt, now).await
            }
            other => Err(NotifyError::Unexpected(other)),
        }
    }

    async fn tell(
        &self,
        news: News,
        reservation: &ReservationState,
        event: &Envelope,
        attempt: Attempt,
        now: Timestamp,
    ) -> Result<Outcome, NotifyError> {
        let (user, performance) = (reservation.user_id, reservation.performance_id);
        let (contact, showing) = self.store.contact_and_showing(user, performance).await?;
        let contact = contact.ok_or(NotifyError::UnknownContact(user))?;
        let showing = showing.ok_or(NotifyError::UnknownPerformance(performance))?;
        let event_id = event.event_id();
        let mail = compose(news, reservation, &contact, &showing, &self.public_url)?;
        let notice = Notice::compose(news, reservation, &showing, contact.locale, &event_id, event.at)?;

        let mailed = match self.store.claim_mail(user, &notice, attempt.name, now).await? {
            Claim::Granted => self.mail(&mail, user, &notice, &event_id, now).await,
            Claim::AlreadySent => Ok(Outcome::AlreadySent),
            // Whoever is at the mail comes to the browsers next.
            Claim::Busy => return Err(NotifyError::Busy(event_id)),
        };
        let pushed = self.push(user, &notice, &event_id, attempt, now).await;
        let outcome = mailed?;
        pushed?;
        Ok(outcome)
    }

    async fn mail(
        &self,
        mail: &Mail,
        user: UserId,
        notice: &Notice,
        event_id: &str,
        now: Timestamp,
    ) -> Result<Outcome, NotifyError> {
        let message_id = self.mailer.send(mail).await?;
        if let Err(error) = self.store.mark_sent(user, notice.id, &message_id, now).await {
            // Failing now would have the event delivered, and the mail sent, once more for certain.
            tracing::warn!(event_id, message_id, error = chain(&error), "a sent mail could not be recorded");
        }
        Ok(Outcome::Sent)
    }

    async fn push(
        &self,
        user: UserId,
        notice: &Notice,
        event_id: &str,
        attempt: Attempt,
        now: Timestamp,
    ) -> Result<(), NotifyError> {
        let browsers = self.store.browsers(user).await?;
        if browsers.subscriptions.current(now).next().is_none() {
            return Ok(());
        }
        let pushed_to = match self.store.claim_push(user, notice.id, attempt.name, now).await? {
            PushClaim::Granted { pushed_to } => pushed_to,
            PushClaim::Done => return Ok(()),
            PushClaim::Busy => return Err(NotifyError::PushBusy(event_id.to_owned())),
        };
        let message = message::of(notice, &self.public_url)?;
        let waiting = browsers.subscriptions.current(now).filter(|browser| !pushed_to.contains(&browser.id));
        let sent = waiting.map(async |browser| (browser, self.push.push(browser, &message, now).await));
        let round = Round::of(&join_all(sent).await);

        let given_up = attempt.number >= PUSH_TRIES;
        if given_up && round.later > 0 {
            tracing::warn!(event_id, browsers = round.later, "push messages were given up");
        }
        let left = if given_up { 0 } else { round.later };
        let settled = self.store.settle_push(user, notice.id, attempt.name, &round.pushed_to, left == 0).await;
        let forgotten = subscribing::forget(&self.store, user, &round.gone, now).await;
        for error in [settled, forgotten].into_iter().filter_map(Result::err) {
            // Sending again would not help: a browser that is gone says so the next time, too.
            tracing::warn!(event_id, error = chain(&error), "what became of push messages could not be recorded");
        }
        if left == 0 { Ok(()) } else { Err(NotifyError::PushLater(left)) }
    }
}

/// What became of one round of push messages.
struct Round {
    /// Browsers that need no other try: they have theirs, or will never take it.
    pushed_to: Vec<PushSubscriptionId>,
    /// Where nobody is any more.
    gone: Vec<Endpoint>,
    /// How many could not be reached now.
    later: usize,
}

impl Round {
    fn of(answers: &[(&Subscription, Reception)]) -> Self {
        let that = |wanted: &'static [Reception]| answers.iter().filter(|(_, reception)| wanted.contains(reception));
        Self {
            pushed_to: that(&[Reception::Accepted, Reception::Refused]).map(|(browser, _)| browser.id).collect(),
            gone: that(&[Reception::Gone]).map(|(browser, _)| browser.endpoint.clone()).collect(),
            later: that(&[Reception::Later]).count(),
        }
    }
}
