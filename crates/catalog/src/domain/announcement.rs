//! What an announcement may say, and when it is public.

use contracts::catalog::AnnouncementState;
use contracts::ids::AnnouncementId;
use jiff::Timestamp;
use kit::validate::Checks;

/// The last moment that one may be put off to: the end of the year 9999, in milliseconds since 1970.
const LAST_MILLISECOND: i64 = 253_402_300_799_999;

/// What an admin says of a new announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAnnouncement {
    /// Its headline.
    pub title: String,
    /// Its text, plain.
    pub body: String,
    /// Listed before all others that are not.
    pub pinned: bool,
    /// Not public before this; public at once when absent.
    pub visible_from: Option<Timestamp>,
}

/// What an admin wants changed; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnnouncementPatch {
    /// The version that the admin looked at; refused when the announcement has moved on.
    pub version: Option<u64>,
    /// Its headline.
    pub title: Option<String>,
    /// Its text, plain.
    pub body: Option<String>,
    /// Listed before all others that are not.
    pub pinned: Option<bool>,
    /// Not public before this.
    pub visible_from: Option<Timestamp>,
}

/// Somebody else changed the announcement first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the announcement is at version {current}")]
pub struct Moved {
    /// The version it is at.
    pub current: u64,
}

impl NewAnnouncement {
    /// Notes everything wrong with it.
    pub fn check(&self, checks: &mut Checks) {
        AnnouncementPatch {
            title: Some(self.title.clone()),
            body: Some(self.body.clone()),
            visible_from: self.visible_from,
            ..AnnouncementPatch::default()
        }
        .check(checks);
    }

    /// The announcement it makes; the input must have passed its [check](Self::check).
    #[must_use]
    pub fn announcement(self, id: AnnouncementId, now: Timestamp) -> AnnouncementState {
        AnnouncementState {
            id,
            version: 1,
            title: self.title.trim().to_owned(),
            body: self.body.trim().to_owned(),
            pinned: self.pinned,
            visible_from: to_millisecond(self.visible_from.unwrap_or(now)),
            updated_at: to_millisecond(now),
            removed: false,
        }
    }
}

impl AnnouncementPatch {
    /// Notes everything wrong with it.
    pub fn check(&self, checks: &mut Checks) {
        if let Some(title) = &self.title {
            checks.text("/title", title, 1..=200);
        }
        if let Some(body) = &self.body {
            checks.text("/body", body, 1..=20_000);
        }
        if let Some(from) = self.visible_from {
            let fits = (0..=LAST_MILLISECOND).contains(&from.as_millisecond());
            checks.ensure(fits, "/visibleFrom", "must be in the years 1970 to 9999");
        }
    }

    /// The announcement with the changes, its version raised; `None` when it is so already. The input must have
    /// passed its [check](Self::check).
    ///
    /// An old version is no conflict when nothing is left to change: the same request, sent twice, succeeds twice.
    ///
    /// # Errors
    /// When the announcement has moved on.
    pub fn apply(&self, announcement: &AnnouncementState, now: Timestamp) -> Result<Option<AnnouncementState>, Moved> {
        let trimmed =
            |new: &Option<String>, old: &String| new.as_deref().map_or(old.clone(), |new| new.trim().to_owned());
        let next = AnnouncementState {
            title: trimmed(&self.title, &announcement.title),
            body: trimmed(&self.body, &announcement.body),
            pinned: self.pinned.unwrap_or(announcement.pinned),
            visible_from: self.visible_from.map_or(announcement.visible_from, to_millisecond),
            ..announcement.clone()
        };
        let (changed, current) = (next != *announcement, announcement.version);
        // A version that is yet to come was never seen, whatever is asked for.
        if self.version.is_some_and(|version| version > current || (changed && version < current)) {
            return Err(Moved { current });
        }
        Ok(changed.then(|| AnnouncementState { version: current + 1, updated_at: to_millisecond(now), ..next }))
    }
}

/// Whether everybody may read it.
#[must_use]
pub fn is_public(announcement: &AnnouncementState, now: Timestamp) -> bool {
    !announcement.removed && announcement.visible_from <= now
}

/// What is left of an announcement that is taken back.
#[must_use]
pub fn removed(announcement: &AnnouncementState, now: Timestamp) -> AnnouncementState {
    AnnouncementState {
        version: announcement.version + 1,
        updated_at: to_millisecond(now),
        removed: true,
        ..announcement.clone()
    }
}

/// Lists are in order of milliseconds, so that nothing finer is kept.
fn to_millisecond(time: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(time.as_millisecond()).unwrap_or(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn new() -> NewAnnouncement {
        NewAnnouncement {
            title: " 점검 안내 ".into(), body: "새벽 두 시\n".into(), pinned: false, visible_from: None
        }
    }

    fn written() -> AnnouncementState {
        new().announcement(AnnouncementId::generate(), at("2026-03-01T00:00:00.123456Z"))
    }

    #[test]
    fn a_new_one_is_public_at_once_or_when_it_says() {
        let now = at("2026-03-01T00:00:00.123456Z");
        let at_once = written();
        assert_eq!((at_once.title.as_str(), at_once.body.as_str()), ("점검 안내", "새벽 두 시"));
        assert_eq!(at_once.visible_from, at("2026-03-01T00:00:00.123Z"));
        assert!(is_public(&at_once, now));
        let later = NewAnnouncement { visible_from: Some(at("2026-03-02T00:00:00Z")), ..new() };
        let later = later.announcement(AnnouncementId::generate(), now);
        for (moment, public) in [("2026-03-01T23:59:59.999Z", false), ("2026-03-02T00:00:00Z", true)] {
            assert_eq!(is_public(&later, at(moment)), public, "{moment}");
        }
        let gone = removed(&at_once, at("2026-03-03T00:00:00Z"));
        assert_eq!((gone.version, gone.removed, is_public(&gone, at("2026-04-01T00:00:00Z"))), (2, true, false));
    }

    #[test]
    fn what_is_wrong() {
        let of = |title: &str, body: &str, from: &str| NewAnnouncement {
            title: title.into(),
            body: body.into(),
            visible_from: Some(at(from)),
            ..new()
        };
        let good = "2026-03-01T00:00:00Z";
        let table: [(NewAnnouncement, &[&str]); 9] = [
            (new(), &[]),
            (of("x", &"가".repeat(20_000), good), &[]),
            (of("x", &"가".repeat(20_001), good), &["/body"]),
            (of("  ", "", good), &["/title", "/body"]),
            (of(&"x".repeat(200), "x", good), &[]),
            (of(&"x".repeat(201), "x", good), &["/title"]),
            (of("bell\u{7}", "x", good), &["/title"]),
            (of("x", "x", "9999-12-30T22:00:00Z"), &[]),
            (of("x", "x", "1969-12-31T23:59:59Z"), &["/visibleFrom"]),
        ];
        for (new, wrong) in table {
            let mut checks = Checks::new();
            new.check(&mut checks);
            let problem = checks.done().err().map(|problem| problem.document("/", ""));
            let errors = problem.as_ref().and_then(|document| document["errors"].as_array());
            let pointers: Vec<_> = errors.into_iter().flatten().filter_map(|each| each["pointer"].as_str()).collect();
            assert_eq!(pointers, wrong, "{}", new.title);
        }
    }

    #[test]
    fn versions_and_changes() {
        let (old, now) = (AnnouncementState { version: 3, ..written() }, at("2026-04-01T00:00:00Z"));
        let patch = |version: Option<u64>, title: Option<&str>| AnnouncementPatch {
            version,
            title: title.map(str::to_owned),
            ..AnnouncementPatch::default()
        };
        let moved = Err(Moved { current: 3 });
        let table = [
            (patch(None, None), Ok(None)),
            (patch(Some(3), Some("점검 안내")), Ok(None)),
            (patch(Some(2), Some(" 점검 안내")), Ok(None)),
            (patch(None, Some("new")), Ok(Some(4))),
            (patch(Some(3), Some("new")), Ok(Some(4))),
            (patch(Some(2), Some("new")), moved),
            (patch(Some(4), Some("new")), moved),
            (patch(Some(4), None), moved),
        ];
        for (patch, expected) in table {
            let next = patch.apply(&old, now).map(|next| next.map(|next| next.version));
            assert_eq!(next, expected, "{patch:?}");
        }
        let all = AnnouncementPatch {
            body: Some("b".into()),
            pinned: Some(true),
            visible_from: Some(now),
            ..AnnouncementPatch::default()
        };
        let next = all.apply(&old, now).unwrap().unwrap();
        assert_eq!((next.body.as_str(), next.pinned, next.visible_from, next.updated_at), ("b", true, now, now));
        assert_eq!(next.title, old.title);
    }
}
