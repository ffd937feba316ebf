//! Announcements in the table.
//!
//! Their listing key says whether one is pinned, since when it is public, and which it is. One query backwards has all
//! of them as lists show them; those that are not public yet stand before the rest of their kind.

use contracts::catalog::AnnouncementState;
use contracts::event::EventType;
use contracts::ids::AnnouncementId;
use jiff::Timestamp;
use kit::dynamo::{Item, StoreError, key, read, s};
use serde::{Deserialize, Serialize};

use super::Store;
use super::items::{ANNOUNCEMENT_SK, LISTING, LISTING_PK, LISTING_SK, STATE, aggregate, announcement_pk};

const LIST: &str = "ANNOUNCEMENTS";

/// Where an announcement stands in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// Whether it is pinned.
    pub pinned: bool,
    /// Since when it is public.
    pub visible_from: Timestamp,
    /// Which one it is.
    pub id: AnnouncementId,
}

impl Place {
    /// Of this announcement.
    #[must_use]
    pub const fn of(announcement: &AnnouncementState) -> Self {
        let AnnouncementState { pinned, visible_from, id, .. } = announcement;
        Self { pinned: *pinned, visible_from: *visible_from, id: *id }
    }

    fn key(&self) -> String {
        format!("{}#{}", time_key(self.pinned, self.visible_from), self.id)
    }
}

impl Store {
    /// Stores a new announcement.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn create_announcement(
        &self,
        announcement: &AnnouncementState,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.put_new([announcement_item(announcement, EventType::AnnouncementCreated, now)?]).await
    }

    /// An announcement, also one that was taken back.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn announcement(&self, id: AnnouncementId) -> Result<Option<AnnouncementState>, StoreError> {
        let item = self
            .client
            .get_item()
            .table_name(&self.table)
            .consistent_read(true)
            .set_key(Some(key(announcement_pk(id), ANNOUNCEMENT_SK)));
        item.send().await?.item.map_or(Ok(None), |item| read(&item, STATE))
    }

    /// Stores a changed announcement, unless it has been changed since it was read.
    ///
    /// # Errors
    /// When the table does not answer. `false`: read again.
    pub async fn replace_announcement(
        &self,
        announcement: &AnnouncementState,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let event_type = match announcement.removed {
            true => EventType::AnnouncementRemoved,
            false => EventType::AnnouncementUpdated,
        };
        let item = announcement_item(announcement, event_type, now)?;
        self.transact(vec![self.next_version(item, announcement.version)?]).await
    }

    /// Announcements in their order after `after`: all, or those public at `until`. At most `limit`, or what fits into
    /// the 1 MB that DynamoDB answers at once; whether there are more.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn announcements(
        &self,
        until: Option<Timestamp>,
        after: Option<Place>,
        limit: usize,
    ) -> Result<(Vec<AnnouncementState>, bool), StoreError> {
        let mut found = Vec::new();
        for (from, to) in ranges(until, after) {
            // One more than asked for says whether there are more.
            let (states, cut_off) = self.announcements_between(from, to, limit + 1 - found.len()).await?;
            found.extend(states);
            if found.len() > limit {
                found.truncate(limit);
                return Ok((found, true));
            }
            if cut_off {
                return Ok((found, true));
            }
        }
        Ok((found, false))
    }

    async fn announcements_between(
        &self,
        from: String,
        to: String,
        limit: usize,
    ) -> Result<(Vec<AnnouncementState>, bool), StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(LISTING)
            .scan_index_forward(false)
            .limit(i32::try_from(limit).unwrap_or(i32::MAX))
            .key_condition_expression("#listingPk = :list AND #listingSk BETWEEN :from AND :to")
            .expression_attribute_names("#listingPk", LISTING_PK)
            .expression_attribute_names("#listingSk", LISTING_SK)
            .expression_attribute_values(":list", s(LIST))
            .expression_attribute_values(":from", s(from))
            .expression_attribute_values(":to", s(to));
        let answer = query.send().await?;
        let mut states = Vec::new();
        for item in answer.items.unwrap_or_default() {
            states.extend(read(&item, STATE)?);
        }
        Ok((states, answer.last_evaluated_key.is_some()))
    }
}

fn announcement_item(
    announcement: &AnnouncementState,
    event_type: EventType,
    at: Timestamp,
) -> Result<Item, StoreError> {
    let key = key(announcement_pk(announcement.id), ANNOUNCEMENT_SK);
    let mut item = aggregate(key, announcement, event_type, at)?;
    if !announcement.removed {
        item.insert(LISTING_PK.to_owned(), s(LIST));
        item.insert(LISTING_SK.to_owned(), s(Place::of(announcement).key()));
    }
    Ok(item)
}

/// What to read, one after the other and each backwards: first and last key, both included.
fn ranges(until: Option<Timestamp>, after: Option<Place>) -> Vec<(String, String)> {
    let end = after.map(|place| just_before(place.key()));
    [true, false]
        .into_iter()
        .map(|pinned| {
            let latest = format!("{}~", time_key(pinned, until.unwrap_or(Timestamp::MAX)));
            let first = time_key(pinned, Timestamp::UNIX_EPOCH);
            (first, end.clone().map_or_else(|| latest.clone(), |end| end.min(latest.clone())))
        })
        // A group that the page before has left behind ends before it begins.
        .filter(|(from, to)| from <= to)
        .collect()
}

/// Sorts before every announcement of its kind that is public since then, after all that have been for longer.
fn time_key(pinned: bool, time: Timestamp) -> String {
    format!("{}#{:015}", u8::from(pinned), time.as_millisecond().max(0))
}

/// Sorts right before a key, and after all keys before it: '~' sorts behind whatever a key may hold.
fn just_before(mut key: String) -> String {
    if let Some(last) = key.pop() {
        key.push(char::from_u32(u32::from(last).saturating_sub(1)).unwrap_or('\0'));
    }
    key + "~"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(pinned: bool, second: i64, id: u128) -> Place {
        let id = format!("ann_{}", uuid_like(id)).parse().unwrap();
        Place { pinned, visible_from: Timestamp::from_second(second).unwrap(), id }
    }

    fn uuid_like(number: u128) -> String {
        let hex = format!("{number:032x}");
        [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
    }

    /// In the order of the list.
    fn list() -> Vec<Place> {
        let mut places = Vec::new();
        for pinned in [true, false] {
            for second in [20, 10, 0] {
                for id in [0xff, 0xa0, 0x9f, 0x01, 0x00] {
                    places.push(place(pinned, second, id));
                }
            }
        }
        places
    }

    fn read(until: Option<Timestamp>, after: Option<Place>) -> Vec<Place> {
        let within = |(from, to): (String, String)| {
            list().into_iter().filter(move |place| (&from..=&to).contains(&&place.key()))
        };
        ranges(until, after).into_iter().flat_map(within).collect()
    }

    #[test]
    fn keys_are_in_the_order_of_the_list() {
        let keys: Vec<_> = list().iter().map(Place::key).collect();
        let mut sorted = keys.clone();
        sorted.sort_unstable_by(|a, b| b.cmp(a));
        assert_eq!(keys, sorted);
    }

    #[test]
    fn a_page_goes_on_right_behind_the_one_before() {
        assert_eq!(read(None, None), list());
        for (index, &after) in list().iter().enumerate() {
            assert_eq!(read(None, Some(after)), list()[index + 1..], "after {after:?}");
        }
    }

    #[test]
    fn what_is_not_public_yet_is_left_out() {
        for second in [0, 5, 10, 19, 20, 30] {
            let now = Timestamp::from_second(second).unwrap();
            let public: Vec<_> = list().into_iter().filter(|place| place.visible_from <= now).collect();
            assert_eq!(read(Some(now), None), public, "at {second}");
            for after in list() {
                let rest: Vec<_> = public.iter().copied().filter(|place| place.key() < after.key()).collect();
                assert_eq!(read(Some(now), Some(after)), rest, "at {second} after {after:?}");
            }
        }
    }
}
