//! Rooms and who is in them.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::types::{ReturnValue, ReturnValuesOnConditionCheckFailure};
use contracts::ids::TicketTypeId;
use contracts::live::Room;
use jiff::Timestamp;
use kit::dynamo::{Conditional as _, Item, PK, Refused, SK, StoreError, TTL, attribute, n, partition, read, s};

use super::{Store, USER, counts, member_key, partition_of, room_key};
use crate::domain::news::QueueNews;
use crate::domain::room::{Glance, MOST_WAITING, Member, RoomState, Waiting};
use crate::domain::versions::{PAUSE_MS, next_turn};

const SPOKEN_AT: &str = "spokenAt";
const VERSION: &str = "version";
const MEMBERS: &str = "members";
const QUEUE: &str = "queue";
const TICKETS: &str = "tickets";
const CHOSEN: &str = "chosen";
const TICKET: &str = "ticket";
const ERA: &str = "era";
const PLACE: &str = "place";
const MEMBER_PREFIX: &str = "MEMBER#";

/// How many members a look into a room shows at most.
const SEEN: i32 = 100;

/// How long a room that nobody speaks to is remembered, in seconds.
const REMEMBERED_SECONDS: i64 = 24 * 60 * 60;

/// What became of asking for a room's turn.
#[derive(Debug, Clone, PartialEq)]
pub enum Turn {
    /// It may be spoken to, as of the moment that was asked for; what was remembered of it before.
    Taken(RoomState),
    /// Not before this moment.
    Wait(Timestamp),
}

/// What became of entering a queue's room.
#[derive(Debug, Clone, PartialEq)]
pub enum Coming {
    /// There was space; what is remembered of the room.
    In(RoomState),
    /// There was none.
    Full,
}

/// What a turn leaves behind for the next one.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// Seats are told of: the turn makes a version.
    pub seats: bool,
    /// How far the queue is, in a queue's room.
    pub queue: Option<&'a QueueNews>,
    /// What is left of each ticket type, in a performance's room; none when nothing was counted.
    pub tickets: &'a BTreeMap<TicketTypeId, u32>,
}

impl Store {
    /// Puts somebody into a room. `true` when they were not in it.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn enter(&self, room: Room, member: &Member) -> Result<bool, StoreError> {
        let mut item = member_key(room, &member.connection);
        item.insert(TTL.to_owned(), n(member.ends_at));
        if !member.chosen.is_empty() {
            item.insert(CHOSEN.to_owned(), attribute(&member.chosen)?);
        }
        if let Some(waiting) = &member.waiting {
            item.insert(USER.to_owned(), attribute(&waiting.user)?);
            item.insert(TICKET.to_owned(), s(&waiting.ticket));
            item.insert(ERA.to_owned(), n(waiting.era));
            item.extend(waiting.place.map(|place| (PLACE.to_owned(), n(place))));
        }
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        Ok(put.return_values(ReturnValue::AllOld).send().await?.attributes.is_none())
    }

    /// Takes a connection out of a room; says who it was there, if it was.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn leave(&self, room: Room, connection: &str) -> Result<Option<Member>, StoreError> {
        let delete = self.client.delete_item().table_name(&self.table).set_key(Some(member_key(room, connection)));
        let answer = delete.return_values(ReturnValue::AllOld).send().await?;
        answer.attributes.map(|item| member(&item)).transpose()
    }

    /// Has a member of a performance's room choose these seats. `false` when there is no such member.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn choose(&self, room: Room, connection: &str, seats: &[String]) -> Result<bool, StoreError> {
        let update = self.client.update_item().table_name(&self.table).set_key(Some(member_key(room, connection)));
        let update = update
            .update_expression("SET #chosen = :seats")
            .condition_expression("attribute_exists(#pk)")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#chosen", CHOSEN)
            .expression_attribute_values(":seats", attribute(&seats)?);
        Ok(update.send().await.conditional()?.is_ok())
    }

    /// Gives a member of a queue's room another ticket. Nothing happens when there is no such member.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn hand_ticket(&self, room: Room, connection: &str, waiting: &Waiting) -> Result<(), StoreError> {
        let update = self.client.update_item().table_name(&self.table).set_key(Some(member_key(room, connection)));
        let update = update
            .condition_expression("attribute_exists(#pk)")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#ticket", TICKET)
            .expression_attribute_names("#era", ERA)
            .expression_attribute_names("#place", PLACE)
            .expression_attribute_values(":ticket", s(&waiting.ticket))
            .expression_attribute_values(":era", n(waiting.era));
        let update = match waiting.place {
            Some(place) => update
                .update_expression("SET #ticket = :ticket, #era = :era, #place = :place")
                .expression_attribute_values(":place", n(place)),
            None => update.update_expression("SET #ticket = :ticket, #era = :era REMOVE #place"),
        };
        update.send().await.conditional()?.map_or_else(|Refused(_)| Ok(()), |_| Ok(()))
    }

    /// Counts one more in a queue's room, unless it is full.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn count_in(&self, room: Room, now: Timestamp) -> Result<Coming, StoreError> {
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(room_key(room)))
            .update_expression("ADD #members :one SET #ttl = :ttl")
            .condition_expression("attribute_not_exists(#members) OR #members < :most")
            .expression_attribute_names("#members", MEMBERS)
            .expression_attribute_names("#ttl", TTL)
            .expression_attribute_values(":one", n(1))
            .expression_attribute_values(":most", n(MOST_WAITING))
            .expression_attribute_values(":ttl", n(now.as_second() + REMEMBERED_SECONDS))
            .return_values(ReturnValue::AllNew);
        Ok(match update.send().await.conditional()? {
            Ok(output) => Coming::In(state(&output.attributes.unwrap_or_default())?),
            Err(Refused(_)) => Coming::Full,
        })
    }

    /// Counts one less in a queue's room. Every turn counts anew, so one that is counted twice or not at all is mended.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn count_out(&self, room: Room) -> Result<(), StoreError> {
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(room_key(room)))
            .update_expression("ADD #members :less")
            .condition_expression("#members > :none")
            .expression_attribute_names("#members", MEMBERS)
            .expression_attribute_values(":less", n(-1))
            .expression_attribute_values(":none", n(0));
        update.send().await.conditional()?.map_or_else(|Refused(_)| Ok(()), |_| Ok(()))
    }

    /// Remembers how many are in a room.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn note_members(&self, room: Room, count: u64) -> Result<(), StoreError> {
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(room_key(room)))
            .update_expression("SET #members = :count")
            .expression_attribute_names("#members", MEMBERS)
            .expression_attribute_values(":count", n(count));
        update.send().await?;
        Ok(())
    }

    /// Takes a room's turn: from `now` on, whoever comes after waits for a second.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn take_turn(&self, room: Room, told: Told<'_>, now: Timestamp) -> Result<Turn, StoreError> {
        let mut update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(room_key(room)))
            .condition_expression("attribute_not_exists(#spoken) OR #spoken <= :before")
            .expression_attribute_names("#spoken", SPOKEN_AT)
            .expression_attribute_names("#ttl", TTL)
            .expression_attribute_values(":now", n(now.as_millisecond()))
            .expression_attribute_values(":before", n(now.as_millisecond() - PAUSE_MS))
            .expression_attribute_values(":ttl", n(now.as_second() + REMEMBERED_SECONDS))
            .return_values(ReturnValue::AllOld)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let mut set = "SET #spoken = :now, #ttl = :ttl".to_owned();
        if told.seats {
            set.push_str(", #version = :now");
            update = update.expression_attribute_names("#version", VERSION);
        }
        if let Some(queue) = told.queue {
            set.push_str(", #queue = :queue");
            update = update
                .expression_attribute_names("#queue", QUEUE)
                .expression_attribute_values(":queue", attribute(queue)?);
        }
        if !told.tickets.is_empty() {
            set.push_str(", #tickets = :tickets");
            update = update
                .expression_attribute_names("#tickets", TICKETS)
                .expression_attribute_values(":tickets", attribute(told.tickets)?);
        }
        Ok(match update.update_expression(set).send().await.conditional()? {
            Ok(output) => Turn::Taken(state(&output.attributes.unwrap_or_default())?),
            Err(Refused(old)) => Turn::Wait(next_turn(state(&old.unwrap_or_default())?.spoken_at)),
        })
    }

    /// What is remembered of a room.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn room(&self, room: Room) -> Result<RoomState, StoreError> {
        let get = self.client.get_item().table_name(&self.table).set_key(Some(room_key(room)));
        state(&get.consistent_read(true).send().await?.item.unwrap_or_default())
    }

    /// Whether anybody is in a room, counted or not.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn anybody_in(&self, room: Room) -> Result<bool, StoreError> {
        let query = self.within(room).key_condition_expression("#pk = :pk AND begins_with(#sk, :member)");
        let query =
            query.expression_attribute_names("#sk", SK).expression_attribute_values(":member", s(MEMBER_PREFIX));
        Ok(query.limit(1).send().await?.count > 0)
    }

    /// Everybody in a room.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn members(&self, room: Room, now: Timestamp) -> Result<Vec<Member>, StoreError> {
        let items = partition(&self.client, &self.table, partition_of(room), MEMBER_PREFIX).await?;
        let mut members = Vec::with_capacity(items.len());
        for item in &items {
            if counts(item, now)? {
                members.push(member(item)?);
            }
        }
        Ok(members)
    }

    /// A look into a room: what is remembered of it and up to 100 members, in one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn glance(&self, room: Room, now: Timestamp) -> Result<Glance, StoreError> {
        // Backwards, because the room's own item comes after its members.
        let query = self.within(room).key_condition_expression("#pk = :pk").scan_index_forward(false).limit(SEEN + 1);
        let answer = query.send().await?;
        let mut glance = Glance { all: answer.last_evaluated_key.is_none(), ..Glance::default() };
        for item in answer.items.unwrap_or_default() {
            if read::<String>(&item, SK)?.is_some_and(|name| name == "ROOM") {
                glance.state = state(&item)?;
            } else if counts(&item, now)? {
                glance.members.push(member(&item)?);
            }
        }
        Ok(glance)
    }

    fn within(&self, room: Room) -> QueryFluentBuilder {
        self.client
            .query()
            .table_name(&self.table)
            .consistent_read(true)
            .expression_attribute_names("#pk", PK)
            .expression_attribute_values(":pk", s(partition_of(room)))
    }
}

fn member(item: &Item) -> Result<Member, StoreError> {
    let name: String = read(item, SK)?.unwrap_or_default();
    let waiting = match (read(item, USER)?, read(item, TICKET)?, read(item, ERA)?) {
        (Some(user), Some(ticket), Some(era)) => Some(Waiting { user, ticket, era, place: read(item, PLACE)? }),
        _ => None,
    };
    Ok(Member {
        connection: name.strip_prefix(MEMBER_PREFIX).unwrap_or_default().to_owned(),
        chosen: read(item, CHOSEN)?.unwrap_or_default(),
        waiting,
        ends_at: read(item, TTL)?.unwrap_or_default(),
    })
}

fn state(item: &Item) -> Result<RoomState, StoreError> {
    Ok(RoomState {
        spoken_at: read(item, SPOKEN_AT)?.unwrap_or_default(),
        version: read(item, VERSION)?.unwrap_or_default(),
        members: read(item, MEMBERS)?.unwrap_or_default(),
        queue: read(item, QUEUE)?,
        tickets: read(item, TICKETS)?.unwrap_or_default(),
    })
}
