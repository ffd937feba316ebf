//! The life of an admission: granted, renewed, ended; and the place in a gate that it occupies until that is given on.

use contracts::ids::{AdmissionId, EventId, UserId};
use contracts::waiting_room::{ADMISSION_AUDIENCE, AdmissionClaims, AdmissionEnd, AdmissionState};
use jiff::Timestamp;

/// Asking again within so many seconds renews nothing: a write for every poll would be waste.
const RENEWED_EVERY: i64 = 10;

/// Somebody's latest admission to a sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admission {
    /// What is published of it.
    pub state: AdmissionState,
    /// The gate that counts its place; none once the place was given on.
    pub gate: Option<u32>,
}

/// What somebody's latest admission means for their wish to come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// They are in.
    Inside,
    /// They were in, and their place has yet to be given on: a moment's patience.
    Leaving,
    /// They were in, after the ticket they show was made: it is used up.
    Used,
    /// It says nothing against them.
    Free,
}

impl Admission {
    /// A new one.
    #[must_use]
    pub const fn granted(id: AdmissionId, event: EventId, user: UserId, era: u32, gate: u32, expires_at: i64) -> Self {
        let state = AdmissionState { id, version: 1, event_id: event, user_id: user, era, expires_at, ended: None };
        Self { state, gate: Some(gate) }
    }

    /// Whether it lets its owner into the sale of this era.
    #[must_use]
    pub fn is_live(&self, era: u32, now: Timestamp) -> bool {
        self.state.era == era && self.state.ended.is_none() && self.state.expires_at > now.as_second()
    }

    /// What it means for somebody who shows a ticket made at `ticket_made_at` (seconds since 1970), or none.
    #[must_use]
    pub fn claim(&self, era: u32, ticket_made_at: Option<i64>, now: Timestamp) -> Claim {
        if self.state.era < era {
            Claim::Free
        } else if self.is_live(era, now) {
            Claim::Inside
        } else if ticket_made_at.is_some_and(|made_at| made_at <= self.granted_at()) {
            Claim::Used
        } else if self.gate.is_some() {
            Claim::Leaving
        } else {
            Claim::Free
        }
    }

    /// When it was granted, in seconds since 1970. Tickets from before are used up.
    #[must_use]
    pub fn granted_at(&self) -> i64 {
        self.state.id.created_at().as_second()
    }

    /// When its place may be given on, in seconds since 1970.
    #[must_use]
    pub const fn lapses_at(&self) -> i64 {
        self.state.expires_at
    }

    /// With its end moved to `until` because its owner asks; `None` when that would be hardly later.
    #[must_use]
    pub fn renewed(&self, until: i64) -> Option<Self> {
        (until >= self.state.expires_at + RENEWED_EVERY).then(|| self.until(until))
    }

    /// With its end moved to `until`, which seats are held for; `None` when it lasts that long or is over. One that has
    /// just run out lives on as long as its place was not given on: its owner has seats.
    #[must_use]
    pub fn prolonged(&self, until: i64) -> Option<Self> {
        let possible = self.state.ended.is_none() && self.gate.is_some();
        (possible && until > self.state.expires_at).then(|| self.until(until))
    }

    /// Ended now; `None` when it was before.
    #[must_use]
    pub fn ended(&self, why: AdmissionEnd, now: Timestamp) -> Option<Self> {
        if self.state.ended.is_some() {
            return None;
        }
        let mut ended = self.until(now.as_second());
        ended.state.ended = Some(why);
        Some(ended)
    }

    /// With its place given on: idle until now, or void with its era, unless it was ended before. The flag says whether
    /// it has just ended.
    #[must_use]
    pub fn released(&self, why: AdmissionEnd, now: Timestamp) -> (Self, bool) {
        let ended = self.ended(why, now);
        let just_ended = ended.is_some();
        let mut released = ended.unwrap_or_else(|| self.clone());
        released.gate = None;
        (released, just_ended)
    }

    /// The claims of its token.
    #[must_use]
    pub fn claims(&self, now: Timestamp) -> AdmissionClaims {
        AdmissionClaims {
            aud: ADMISSION_AUDIENCE.to_owned(),
            sub: self.state.user_id,
            jti: self.state.id,
            evt: self.state.event_id,
            era: self.state.era,
            iat: now.as_second(),
            exp: self.state.expires_at,
        }
    }

    fn until(&self, until: i64) -> Self {
        let mut changed = self.clone();
        changed.state.version += 1;
        changed.state.expires_at = until;
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now(plus: i64, admission: &Admission) -> Timestamp {
        Timestamp::from_second(admission.granted_at() + plus).unwrap()
    }

    fn admission() -> Admission {
        let id = AdmissionId::generate();
        let expires_at = id.created_at().as_second() + 300;
        Admission::granted(id, EventId::generate(), UserId::generate(), 2, 0, expires_at)
    }

    #[test]
    fn it_lives_until_it_ends_runs_out_or_its_era_is_over() {
        let admission = admission();
        assert!(admission.is_live(2, now(299, &admission)));
        assert!(!admission.is_live(2, now(300, &admission)));
        assert!(!admission.is_live(3, now(0, &admission)));
        let left = admission.ended(AdmissionEnd::Left, now(5, &admission)).unwrap();
        assert!(!left.is_live(2, now(5, &admission)));
        assert_eq!((left.state.version, left.lapses_at()), (2, admission.granted_at() + 5));
        assert_eq!(left.ended(AdmissionEnd::Purchased, now(6, &admission)), None);
    }

    #[test]
    fn tickets_from_before_are_used_up_but_not_those_of_a_later_era() {
        let admission = admission();
        let granted = admission.granted_at();
        let claim = |admission: &Admission, era, made_at| admission.claim(era, made_at, now(400, admission));
        assert_eq!(admission.claim(2, Some(granted - 60), now(1, &admission)), Claim::Inside);
        assert_eq!(claim(&admission, 2, Some(granted)), Claim::Used);
        assert_eq!(claim(&admission, 2, Some(granted + 1)), Claim::Leaving);
        assert_eq!(claim(&admission, 2, None), Claim::Leaving);
        assert_eq!(claim(&admission, 3, Some(granted)), Claim::Free);
        let (released, idle) = admission.released(AdmissionEnd::Idle, now(400, &admission));
        assert!(idle && released.state.ended == Some(AdmissionEnd::Idle));
        assert_eq!(claim(&released, 2, Some(granted)), Claim::Used);
        assert_eq!(claim(&released, 2, Some(granted + 1)), Claim::Free);
        let (again, ended) = released.released(AdmissionEnd::Idle, now(500, &admission));
        assert!(!ended && again == released);
    }

    #[test]
    fn its_end_moves_only_when_that_is_worth_a_write() {
        let admission = admission();
        let end = admission.state.expires_at;
        assert_eq!(admission.renewed(end + 9), None);
        assert_eq!(admission.renewed(end + 10).unwrap().state.expires_at, end + 10);
        assert_eq!(admission.prolonged(end), None);
        assert_eq!(admission.prolonged(end + 1).unwrap().state.version, 2);
        let (released, _) = admission.released(AdmissionEnd::Idle, now(400, &admission));
        assert_eq!(released.prolonged(end + 500), None);
    }
}
