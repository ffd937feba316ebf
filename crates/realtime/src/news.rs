//! What people are told of their own payments and reservations, and who waits of a queue that was emptied.

use contracts::booking::ReservationState;
use contracts::catalog::PerformanceState;
use contracts::event::{Envelope, EventType, UnreadableData};
use contracts::ids::{EventId, PerformanceId, UserId};
use contracts::live::Room;
use contracts::payments::{PaymentPurpose, PaymentState};
use contracts::waiting_room::QueueState;
use futures_util::{TryStreamExt as _, stream};
use jiff::Timestamp;
use kit::dynamo::StoreError;

use crate::domain::room::Member;
use crate::message::Body;
use crate::post::{Letters, deliver, forget};
use crate::poster::Poster;
use crate::store::Store;

/// How many members are taken out of a room at once.
const AT_ONCE: usize = 25;

/// An event was not passed on.
#[derive(Debug, thiserror::Error)]
pub enum NewsError {
    /// The table did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The event's data is not what its type promises.
    #[error(transparent)]
    Unreadable(#[from] UnreadableData),
    /// A message does not serialise: a mistake of ours.
    #[error("a message does not serialise")]
    Unwritable(#[from] serde_json::Error),
    /// The event is none of this queue's.
    #[error("nobody is told of {0}")]
    Unexpected(EventType),
}

/// Tells people of events.
#[derive(Debug)]
pub struct PersonalNews<P> {
    store: Store,
    poster: P,
}

impl<P: Poster> PersonalNews<P> {
    /// Through these.
    pub const fn new(store: Store, poster: P) -> Self {
        Self { store, poster }
    }

    /// Tells those whom an event concerns, and learns from events what can be watched. Nobody who is not connected is told later; telling twice does no harm.
    ///
    /// # Errors
    /// When the table does not answer or the event is none of ours.
    pub async fn tell(&self, event: &Envelope, now: Timestamp) -> Result<(), NewsError> {
        match event.event_type {
            EventType::PaymentSucceeded | EventType::PaymentFailed | EventType::PaymentRefunded => {
                let payment: PaymentState = event.state()?;
                let (user, performance) = (payment.user_id, performance_of(&payment));
                let event_id = match performance {
                    Some(performance) => self.store.event_of(performance).await?,
                    None => None,
                };
                self.tell_user(user, payment_result(event_id, payment), now).await
            }
            EventType::ReservationReopened
            | EventType::ReservationExpired
            | EventType::ReservationConfirmed
            | EventType::ConfirmationRejected
            | EventType::ReservationCancelled => {
                let reservation: ReservationState = event.state()?;
                let event_id = self.store.event_of(reservation.performance_id).await?;
                self.tell_user(reservation.user_id, reservation_updated(event_id, &reservation, now), now).await
            }
            EventType::PerformancePublished => {
                let performance: PerformanceState = event.state()?;
                Ok(self.store.learn(performance.event_id, performance.id).await?)
            }
            EventType::QueueCleared => {
                let queue: QueueState = event.state()?;
                self.empty(queue.event_id, queue.era, now).await
            }
            other => Err(NewsError::Unexpected(other)),
        }
    }

    /// Tells all connections of an account.
    async fn tell_user(&self, user: UserId, body: Body, now: Timestamp) -> Result<(), NewsError> {
        let connections = self.store.connections_of(user, now).await?;
        let letters = connections.iter().map(|to| Letters::new(to, [body.clone()], now)).collect();
        let delivered = deliver(&self.poster, letters).await?;
        forget(&self.store, &delivered.gone).await?;
        Ok(())
    }

    /// Tells those who wait with tickets of before `era` that these are void, and takes them out of the room.
    async fn empty(&self, event_id: EventId, era: u32, now: Timestamp) -> Result<(), NewsError> {
        let room = Room::Queue(event_id);
        let members = self.store.members(room, now).await?;
        let is_void = |member: &&Member| member.waiting.as_ref().is_none_or(|waiting| waiting.era < era);
        let void: Vec<_> = members.iter().filter(is_void).collect();
        let body = Body::QueueCleared { event_id };
        let letters = void.iter().map(|member| Letters::new(&member.connection, [body.clone()], now)).collect();
        let delivered = deliver(&self.poster, letters).await?;
        forget(&self.store, &delivered.gone).await?;
        stream::iter(void.into_iter().map(Ok::<_, StoreError>))
            .try_for_each_concurrent(AT_ONCE, |member| async move {
                if self.store.leave(room, &member.connection).await?.is_some() {
                    self.store.count_out(room).await?;
                }
                self.store.forget_room(&member.connection, room).await
            })
            .await?;
        Ok(())
    }
}

fn performance_of(payment: &PaymentState) -> Option<PerformanceId> {
    match payment.purpose {
        PaymentPurpose::Reservation { performance_id, .. } => Some(performance_id),
        PaymentPurpose::Points => None,
    }
}

fn payment_result(event_id: Option<EventId>, payment: PaymentState) -> Body {
    let reservation_id = match payment.purpose {
        PaymentPurpose::Reservation { reservation_id, .. } => Some(reservation_id),
        PaymentPurpose::Points => None,
    };
    Body::PaymentResult {
        event_id,
        performance_id: performance_of(&payment),
        payment_id: payment.id,
        reservation_id,
        status: payment.status.public(),
        failure_code: payment.failure_code,
    }
}

fn reservation_updated(event_id: Option<EventId>, reservation: &ReservationState, now: Timestamp) -> Body {
    Body::ReservationUpdated {
        event_id,
        performance_id: reservation.performance_id,
        reservation_id: reservation.id,
        status: reservation.public_status(now),
        payment_status: reservation.payment_status,
        version: reservation.version,
    }
}
