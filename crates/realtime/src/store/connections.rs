//! Connections, and whose they are.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure};
use contracts::ids::UserId;
use contracts::live::Room;
use jiff::Timestamp;
use kit::dynamo::{Conditional as _, Item, PK, Refused, SK, StoreError, TTL, n, partition, read, s};

use super::{Store, USER, connection_key, counts, deleting, member_key, owned_key, putting};
use crate::domain::connection::{Connection, ConnectionId, MOST_ROOMS};
use crate::domain::pace::one_more;

const ROOMS: &str = "rooms";
const PAID_UNTIL: &str = "paidUntil";
const CONNECTION_PREFIX: &str = "CONNECTION#";

/// How often a message is counted anew when another one of the connection came in between.
const MOST_TRIES: usize = 5;

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// It may be dealt with: the connection as it was then.
    Granted(Connection),
    /// It came too soon after those before.
    TooSoon,
    /// There is no such connection any more.
    Gone,
}

/// What became of entering a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// The connection lists the room.
    Noted,
    /// It is in too many others.
    TooMany,
    /// There is no such connection any more.
    Gone,
}

impl Store {
    /// Remembers a connection, and whose it is.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn open(&self, connection: &Connection) -> Result<(), StoreError> {
        let mut item = connection_key(&connection.id);
        item.insert(TTL.to_owned(), n(connection.ends_at));
        let mut writes = Vec::new();
        if let Some(user) = connection.user {
            item.insert(USER.to_owned(), s(user.to_string()));
            let mut owned = owned_key(user, &connection.id);
            owned.insert(TTL.to_owned(), n(connection.ends_at));
            writes.push(putting(owned)?);
        }
        writes.push(putting(item)?);
        self.write_all(writes).await
    }

    /// The connections of an account.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn connections_of(&self, user: UserId, now: Timestamp) -> Result<Vec<ConnectionId>, StoreError> {
        let items = partition(&self.client, &self.table, format!("USER#{user}"), CONNECTION_PREFIX).await?;
        let mut connections = Vec::with_capacity(items.len());
        for item in &items {
            if counts(item, now)? {
                let name: String = read(item, SK)?.unwrap_or_default();
                connections.extend(name.strip_prefix(CONNECTION_PREFIX).map(str::to_owned));
            }
        }
        Ok(connections)
    }

    /// The connection of this name.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn connection(&self, id: &str) -> Result<Option<Connection>, StoreError> {
        let get = self.client.get_item().table_name(&self.table).set_key(Some(connection_key(id)));
        let answer = get.consistent_read(true).send().await?;
        answer.item.map(|item| connection(id, &item)).transpose()
    }

    /// Counts one more message of a connection, and says who speaks.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn act(&self, id: &str, now: Timestamp) -> Result<Act, StoreError> {
        let now = now.as_millisecond();
        // As for a connection that was silent; when it was not, the refusal says since when.
        let mut paid_until = None;
        for _ in 0..MOST_TRIES {
            let Some(after) = one_more(paid_until, now) else { return Ok(Act::TooSoon) };
            match self.pay(id, paid_until, after, now).await? {
                Ok(item) => return Ok(Act::Granted(connection(id, &item)?)),
                Err(None) => return Ok(Act::Gone),
                Err(Some(item)) => paid_until = read(&item, PAID_UNTIL)?,
            }
        }
        // Its own messages are in each other's way.
        Ok(Act::TooSoon)
    }

    /// Writes until when messages are paid for, unless somebody wrote it since; answers the item after or before it.
    async fn pay(
        &self,
        id: &str,
        known: Option<i64>,
        after: i64,
        now: i64,
    ) -> Result<Result<Item, Option<Item>>, StoreError> {
        let unchanged = known.map_or("attribute_not_exists(#paid) OR #paid <= :known", |_| "#paid = :known");
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(connection_key(id)))
            .update_expression("SET #paid = :after")
            .condition_expression(format!("attribute_exists(#pk) AND ({unchanged})"))
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#paid", PAID_UNTIL)
            .expression_attribute_values(":after", n(after))
            .expression_attribute_values(":known", n(known.unwrap_or(now)))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        Ok(match update.send().await.conditional()? {
            Ok(output) => Ok(output.attributes.unwrap_or_default()),
            Err(Refused(old)) => Err(old),
        })
    }

    /// Has a connection list a room.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn note_room(&self, id: &str, room: Room) -> Result<Entry, StoreError> {
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(connection_key(id)))
            .update_expression("ADD #rooms :rooms")
            .condition_expression(
                "attribute_exists(#pk) AND \
                 (attribute_not_exists(#rooms) OR size(#rooms) < :most OR contains(#rooms, :room))",
            )
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#rooms", ROOMS)
            .expression_attribute_values(":rooms", AttributeValue::Ss(vec![room.to_string()]))
            .expression_attribute_values(":room", s(room.to_string()))
            .expression_attribute_values(":most", n(MOST_ROOMS))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        Ok(match update.send().await.conditional()? {
            Ok(_) => Entry::Noted,
            Err(Refused(Some(_))) => Entry::TooMany,
            Err(Refused(None)) => Entry::Gone,
        })
    }

    /// Has a connection list a room no longer. Fine when it did not, or is gone.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn forget_room(&self, id: &str, room: Room) -> Result<(), StoreError> {
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(connection_key(id)))
            .update_expression("DELETE #rooms :rooms")
            .condition_expression("attribute_exists(#pk)")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#rooms", ROOMS)
            .expression_attribute_values(":rooms", AttributeValue::Ss(vec![room.to_string()]));
        update.send().await.conditional()?.map_or_else(|Refused(_)| Ok(()), |_| Ok(()))
    }

    /// Forgets a connection and takes it out of its rooms.
    ///
    /// # Errors
    /// When the table did not answer; what is left can be forgotten by asking again.
    pub async fn close(&self, connection: &Connection) -> Result<(), StoreError> {
        let members = connection.rooms().map(|room| deleting(member_key(room, &connection.id)));
        let owned = connection.user.map(|user| deleting(owned_key(user, &connection.id)));
        self.write_all(members.chain(owned).collect::<Result<_, _>>()?).await?;
        // Last, because it says what else there is.
        self.write_all(vec![deleting(connection_key(&connection.id))?]).await
    }
}

fn connection(id: &str, item: &Item) -> Result<Connection, StoreError> {
    Ok(Connection {
        id: id.to_owned(),
        user: read(item, USER)?,
        rooms: read::<BTreeSet<String>>(item, ROOMS)?.unwrap_or_default(),
        ends_at: read(item, TTL)?.unwrap_or_default(),
    })
}
