//! The browsers in which somebody wants to hear of news.

use std::fmt;

use aws_lc_rs::agreement::{ECDH_P256, ParsedPublicKey, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use contracts::ids::PushSubscriptionId;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Endpoint;

/// The most browsers of one account. One more, and the one that was longest not seen goes.
pub const MOST_SUBSCRIPTIONS: usize = 10;

/// How long a browser is remembered that does not come back.
const KEPT: SignedDuration = SignedDuration::from_hours(400 * 24);

/// Keys are not what a browser sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeysError {
    /// The public key is none.
    #[error("must be an uncompressed point on the curve P-256, in base64url")]
    PublicKey,
    /// The secret is none.
    #[error("must be 16 bytes in base64url")]
    Secret,
}

/// What a message for one browser is encrypted with. It does not show the secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrowserKeys {
    p256dh: String,
    auth: String,
}

impl BrowserKeys {
    /// From what the browser calls `p256dh` and `auth`: base64url, with padding or without.
    ///
    /// # Errors
    /// One for each that is no such key.
    pub fn parse(p256dh: &str, auth: &str) -> Result<Self, Vec<KeysError>> {
        let keys = Self { p256dh: unpadded(p256dh), auth: unpadded(auth) };
        let is_point = |key: Vec<u8>| ParsedPublicKey::try_from(UnparsedPublicKey::new(&ECDH_P256, key)).is_ok();
        let is_key = keys.public_key().is_some_and(|key| key.len() == 65 && is_point(key));
        let mut wrong = Vec::new();
        if !is_key {
            wrong.push(KeysError::PublicKey);
        }
        if keys.secret().is_none_or(|secret| secret.len() != 16) {
            wrong.push(KeysError::Secret);
        }
        if wrong.is_empty() { Ok(keys) } else { Err(wrong) }
    }

    /// The browser's public key: a point on P-256, 65 bytes.
    #[must_use]
    pub fn public_key(&self) -> Option<Vec<u8>> {
        BASE64.decode(&self.p256dh).ok()
    }

    /// What browser and sender share, 16 bytes.
    #[must_use]
    pub fn secret(&self) -> Option<Vec<u8>> {
        BASE64.decode(&self.auth).ok()
    }
}

impl fmt::Debug for BrowserKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BrowserKeys").finish_non_exhaustive()
    }
}

fn unpadded(text: &str) -> String {
    text.trim_end_matches('=').to_owned()
}

/// A browser that wants messages, as it says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Where to send them.
    pub endpoint: Endpoint,
    /// What to encrypt them with.
    pub keys: BrowserKeys,
    /// When the push service forgets the browser, if it said so.
    pub expires_at: Option<Timestamp>,
}

/// A browser that is sent messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subscription {
    /// Its name, also when it comes again with other keys.
    pub id: PushSubscriptionId,
    /// Where its messages are sent.
    pub endpoint: Endpoint,
    /// What they are encrypted with.
    pub keys: BrowserKeys,
    /// From when on it is no longer there.
    pub lapses_at: Timestamp,
    /// When it was here last.
    pub seen_at: Timestamp,
}

/// The browsers of one account, [`MOST_SUBSCRIPTIONS`] at most.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Subscriptions(Vec<Subscription>);

impl Subscriptions {
    /// Those that are there at this moment.
    pub fn current(&self, now: Timestamp) -> impl Iterator<Item = &Subscription> {
        self.0.iter().filter(move |known| known.lapses_at > now)
    }

    /// The one with this name.
    #[must_use]
    pub fn get(&self, id: PushSubscriptionId) -> Option<&Subscription> {
        self.0.iter().find(|known| known.id == id)
    }

    /// When the last of them lapses.
    #[must_use]
    pub fn lapse_at(&self) -> Option<Timestamp> {
        self.0.iter().map(|known| known.lapses_at).max()
    }

    /// With one more, named `id`, or, if the same browser was there, with it as it is now and under its old name; and
    /// under which name that is. Lapsed ones go, and the one longest not seen when there are too many.
    #[must_use]
    pub fn with(mut self, wish: Wish, id: PushSubscriptionId, now: Timestamp) -> (Self, PushSubscriptionId) {
        let old = self.0.iter().position(|known| known.endpoint == wish.endpoint).map(|place| self.0.remove(place));
        let id = old.map_or(id, |old| old.id);
        self.0.retain(|known| known.lapses_at > now);
        self.0.sort_by_key(|known| known.seen_at);
        let too_many = (self.0.len() + 1).saturating_sub(MOST_SUBSCRIPTIONS);
        self.0.drain(..too_many);
        let latest = now.saturating_add(KEPT).unwrap_or(now);
        let lapses_at = wish.expires_at.map_or(latest, |expires| expires.min(latest));
        self.0.push(Subscription { id, endpoint: wish.endpoint, keys: wish.keys, lapses_at, seen_at: now });
        (self, id)
    }

    /// Without the one at this address.
    #[must_use]
    pub fn without(mut self, endpoint: &Endpoint) -> Self {
        self.0.retain(|known| known.endpoint != *endpoint);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::PushServices;
    use proptest::prelude::*;

    const P256DH: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";

    fn wish(browser: u64, expires_at: Option<Timestamp>) -> Wish {
        let services = PushServices::parse("fcm.googleapis.com", "").unwrap();
        Wish {
            endpoint: services.endpoint(&format!("https://fcm.googleapis.com/{browser}")).unwrap(),
            keys: BrowserKeys::parse(P256DH, AUTH).unwrap(),
            expires_at,
        }
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn join(known: Subscriptions, wish: Wish, seconds: i64) -> Subscriptions {
        known.with(wish, PushSubscriptionId::generate(), at(seconds)).0
    }

    fn addresses(known: &Subscriptions, seconds: i64) -> Vec<&str> {
        known.current(at(seconds)).map(|known| known.endpoint.expose()).collect()
    }

    #[test]
    fn keys_are_a_point_on_the_curve_and_sixteen_bytes() {
        assert!(BrowserKeys::parse(P256DH, &format!("{AUTH}==")).is_ok());
        let off_curve = BASE64.encode([&[4_u8][..], &[7; 64]].concat());
        let compressed = BASE64.encode([&[2_u8][..], &BASE64.decode(P256DH).unwrap()[1..33]].concat());
        for p256dh in ["", "%", &P256DH[..86], &off_curve, &compressed, AUTH] {
            assert_eq!(BrowserKeys::parse(p256dh, AUTH), Err(vec![KeysError::PublicKey]), "{p256dh}");
        }
        for auth in ["", "%", &AUTH[..20], P256DH] {
            assert_eq!(BrowserKeys::parse(P256DH, auth), Err(vec![KeysError::Secret]), "{auth}");
        }
        assert_eq!(BrowserKeys::parse("", ""), Err(vec![KeysError::PublicKey, KeysError::Secret]));
        assert!(!format!("{:?}", BrowserKeys::parse(P256DH, AUTH)).contains(AUTH));
    }

    #[test]
    fn a_browser_that_comes_again_keeps_its_name() {
        let (known, id) = Subscriptions::default().with(wish(1, None), PushSubscriptionId::generate(), at(0));
        let (known, again) = known.with(wish(1, None), PushSubscriptionId::generate(), at(9));
        assert_eq!(again, id);
        assert_eq!(known.current(at(9)).map(|known| (known.id, known.seen_at)).collect::<Vec<_>>(), [(id, at(9))]);
    }

    #[test]
    fn one_too_many_drives_out_the_one_longest_not_seen() {
        let mut known = Subscriptions::default();
        for browser in 0..10 {
            known = join(known, wish(browser, None), i64::try_from(browser).unwrap());
        }
        known = join(join(known, wish(0, None), 10), wish(10, None), 11);
        assert_eq!(addresses(&known, 11).len(), MOST_SUBSCRIPTIONS);
        assert!(!addresses(&known, 11).contains(&wish(1, None).endpoint.expose()));
    }

    #[test]
    fn lapsed_ones_are_not_there_and_make_room() {
        let known = join(Subscriptions::default(), wish(1, Some(at(60))), 0);
        assert_eq!((addresses(&known, 59).len(), addresses(&known, 60).len()), (1, 0));
        let known = join(known, wish(2, None), 60);
        assert_eq!(addresses(&known, 0), [wish(2, None).endpoint.expose()]);
        let far = join(Subscriptions::default(), wish(1, Some(Timestamp::MAX)), 0);
        assert_eq!(far.lapse_at(), Some(at(400 * 24 * 60 * 60)), "no service's word is good for ever");
    }

    proptest! {
        #[test]
        fn never_too_many_never_twice_and_always_the_newest(
            visits in prop::collection::vec((0_u64..14, 1_i64..50), 1..40),
        ) {
            let (mut known, mut seconds) = (Subscriptions::default(), 0);
            for (browser, pause) in visits {
                seconds += pause;
                known = join(known, wish(browser, Some(at(seconds + 300))), seconds);
                let there = addresses(&known, seconds);
                let distinct: std::collections::BTreeSet<_> = there.iter().collect();
                prop_assert!(there.len() <= MOST_SUBSCRIPTIONS && distinct.len() == there.len());
                prop_assert!(there.contains(&wish(browser, None).endpoint.expose()));
            }
        }
    }
}
