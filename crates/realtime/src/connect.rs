//! Coming and going.

use contracts::ids::UserId;
use contracts::live::{Room, RoomChange};
use jiff::Timestamp;
use kit::dynamo::StoreError;
use kit::worker::chain;

use crate::changes::Changes;
use crate::domain::connection::{Connection, ConnectionId, MOST_CONNECTIONS};
use crate::error::LiveError;
use crate::store::Store;

/// Lets a connection in, in the name of `user`.
///
/// It is written down before the account's connections are counted: of connections that come at once, each sees all that
/// were written before its own, so never more than [`MOST_CONNECTIONS`] stay.
///
/// # Errors
/// When the account has too many already, or the table does not answer.
pub async fn connect(store: &Store, id: ConnectionId, user: Option<UserId>, now: Timestamp) -> Result<(), LiveError> {
    let connection = Connection::new(id, user, now);
    store.open(&connection).await?;
    let Some(user) = user else { return Ok(()) };
    if store.connections_of(user, now).await?.len() > MOST_CONNECTIONS {
        store.close(&connection).await?;
        return Err(LiveError::TooManyConnections);
    }
    Ok(())
}

/// Forgets a connection that has ended, and tells the rooms it was in. Fine when it is forgotten already.
///
/// # Errors
/// When the table does not answer. What is left then is found when a room speaks to the connection in vain.
pub async fn disconnect(store: &Store, changes: &impl Changes, id: &str, now: Timestamp) -> Result<(), StoreError> {
    let Some(connection) = store.connection(id).await? else { return Ok(()) };
    store.close(&connection).await?;
    for room in connection.rooms() {
        tell_of_leaving(changes, room, now).await;
    }
    Ok(())
}

/// Tells a room that somebody has gone.
pub(crate) async fn tell_of_leaving(changes: &impl Changes, room: Room, now: Timestamp) {
    match room {
        Room::Event(event_id) => tell(changes, &RoomChange::Viewers { event_id }, now).await,
        Room::Performance(performance_id) => tell(changes, &RoomChange::Selection { performance_id }, now).await,
        // Nobody in a queue's room hears of the others.
        Room::Queue(_) => {}
    }
}

/// Tells a room of a change. Whoever made it has had their way: when nobody can be told, the room hears of it with its next
/// change.
pub(crate) async fn tell(changes: &impl Changes, change: &RoomChange, now: Timestamp) {
    if let Err(error) = changes.announce(change, now).await {
        tracing::error!(room = %change.room(), error = chain(&error), "a room was not told");
    }
}
