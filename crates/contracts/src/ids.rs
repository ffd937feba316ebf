//! Identifiers: a three-letter prefix naming the kind of thing, and a UUIDv7, so that ids of one kind sort by time.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use uuid::Uuid;

/// The text is not an identifier of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id of the form {prefix}<uuid>")]
pub struct InvalidId {
    /// The prefix that was expected, underscore included.
    pub prefix: &'static str,
}

macro_rules! identifiers {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// The prefix of this kind of id, underscore included.
            pub const PREFIX: &'static str = $prefix;

            /// A new id of this moment; later ids sort after earlier ones.
            #[must_use]
            pub fn generate() -> Self {
                Self(Uuid::now_v7())
            }

            /// The id that carries this UUID.
            #[must_use]
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The UUID without its prefix.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }

            /// When the id was generated, in whole milliseconds since 1970; the epoch for an id that is no UUIDv7.
            #[must_use]
            pub fn created_at(self) -> jiff::Timestamp {
                self.0
                    .get_timestamp()
                    .and_then(|stamp| {
                        let (seconds, nanoseconds) = stamp.to_unix();
                        let seconds = i64::try_from(seconds).ok()?;
                        let nanoseconds = i32::try_from(nanoseconds).ok()?;
                        jiff::Timestamp::new(seconds, nanoseconds).ok()
                    })
                    .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0.hyphenated())
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                text.strip_prefix($prefix)
                    .filter(|rest| rest.len() == 36)
                    .and_then(|rest| Uuid::try_parse(rest).ok())
                    .map(Self)
                    .ok_or(InvalidId { prefix: $prefix })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(D::Error::custom)
            }
        }
    )*};
}

identifiers! {
    /// A person with an account.
    UserId = "usr_";
    /// Something sold: a concert, a film, a play.
    EventId = "evt_";
    /// One showing of an event at one time in one venue.
    PerformanceId = "prf_";
    /// One version of a venue's geometry.
    LayoutId = "lay_";
    /// A price class of an event.
    TicketTypeId = "tkt_";
    /// A buyer's claim on seats.
    ReservationId = "rsv_";
    /// The admission of one person by a confirmed reservation.
    ETicketId = "tic_";
    /// A payment, of a reservation or of points.
    PaymentId = "pay_";
    /// A picture in the catalogue.
    ImageId = "img_";
    /// News from the people who run the platform.
    AnnouncementId = "ann_";
    /// A keyword mapping of the search: words that mean the same.
    KeywordId = "kwd_";
    /// The waiting room of an event; carries the event's UUID.
    QueueId = "que_";
    /// The right to enter a sale for a while.
    AdmissionId = "adm_";
    /// A message in somebody's inbox.
    NotificationId = "ntf_";
    /// A browser that takes push messages.
    PushSubscriptionId = "psh_";
    /// A buyer's points account; carries the UUID of its owner.
    PointsAccountId = "pts_";
}

impl QueueId {
    /// The one queue of this event.
    #[must_use]
    pub const fn of(event: EventId) -> Self {
        Self(event.0)
    }
}

impl PointsAccountId {
    /// The one points account of this user.
    #[must_use]
    pub const fn of(user: UserId) -> Self {
        Self(user.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips_and_refuses_other_kinds() {
        let id = UserId::generate();
        assert_eq!(id.to_string().parse::<UserId>(), Ok(id));
        assert_eq!(serde_json::from_value::<UserId>(serde_json::to_value(id).unwrap()).unwrap(), id);
        assert!(id.to_string().parse::<EventId>().is_err());
        for bad in
            ["", "usr_", "usr_1", "usr_00000000000000000000000000000000", "USR_018f0000-0000-7000-8000-000000000000"]
        {
            assert!(bad.parse::<UserId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn later_ids_sort_after_earlier_ones_and_know_their_time() {
        let before = jiff::Timestamp::now();
        let (first, second) = (ReservationId::generate(), ReservationId::generate());
        assert!(first.to_string() < second.to_string());
        assert!((first.created_at().as_millisecond() - before.as_millisecond()).abs() < 1_000);
    }
}
