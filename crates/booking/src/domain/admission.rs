//! Who may enter a sale that a waiting room guards.

use contracts::booking::Admission;
use contracts::ids::{EventId, UserId};
use contracts::waiting_room::AdmissionClaims;

/// Whether a waiting room guards the sales of an event, by its latest news. Without any, none does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Guard {
    /// Whether seats are held for admitted buyers only.
    pub enabled: bool,
    /// How often the queue was emptied: admissions of an earlier era are void.
    pub era: u32,
    /// The queue's version that said so; zero when none did.
    pub version: u64,
}

/// Why somebody is not let into a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denial {
    /// No token was shown.
    Missing,
    /// What was shown is no token of ours.
    Malformed,
    /// The admission was not renewed in time.
    Expired,
    /// It is somebody else's.
    OtherAccount,
    /// It is for another event.
    OtherEvent,
    /// Its holder has bought, has left or did nothing for too long.
    Ended,
    /// The queue was emptied since.
    Cleared,
}

impl Denial {
    /// The name by which the API tells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Malformed => "malformed",
            Self::Expired => "expired",
            Self::OtherAccount => "other_account",
            Self::OtherEvent => "other_event",
            Self::Ended => "ended",
            Self::Cleared => "cleared",
        }
    }
}

/// By what right somebody asks for seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Nobody guards the sale.
    Open,
    /// The waiting room has let them in.
    Admitted(Admission),
    /// By none.
    Denied(Denial),
}

impl Guard {
    /// The admission that these claims, whose signature and time are right, are of.
    ///
    /// An era that is later than the guard's is one that booking has not heard of yet: the waiting room knows better.
    ///
    /// # Errors
    /// When they are of another sale, another account or another era.
    pub fn admit(&self, event: EventId, user: UserId, claims: &AdmissionClaims) -> Result<Admission, Denial> {
        if claims.evt != event {
            Err(Denial::OtherEvent)
        } else if claims.sub != user {
            Err(Denial::OtherAccount)
        } else if claims.era < self.era {
            Err(Denial::Cleared)
        } else {
            Ok(Admission { id: claims.jti, event_id: event })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contracts::ids::AdmissionId;
    use contracts::waiting_room::ADMISSION_AUDIENCE;

    #[test]
    fn an_admission_is_for_one_account_one_event_and_one_era() {
        let (event, user, id) = (EventId::generate(), UserId::generate(), AdmissionId::generate());
        let (aud, guard) = (ADMISSION_AUDIENCE.to_owned(), Guard { enabled: true, era: 2, version: 5 });
        let claims = AdmissionClaims { aud, sub: user, jti: id, evt: event, era: 2, iat: 0, exp: 300 };
        let admitted = Ok(Admission { id, event_id: event });
        assert_eq!(guard.admit(event, user, &claims), admitted);
        assert_eq!(guard.admit(event, user, &AdmissionClaims { era: 3, ..claims.clone() }), admitted);
        let earlier = AdmissionClaims { era: 1, ..claims.clone() };
        assert_eq!(guard.admit(event, user, &earlier), Err(Denial::Cleared));
        assert_eq!(guard.admit(event, UserId::generate(), &claims), Err(Denial::OtherAccount));
        assert_eq!(guard.admit(EventId::generate(), user, &claims), Err(Denial::OtherEvent));
    }
}
