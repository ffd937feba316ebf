//! Refresh tokens: `<family>.<secret>`, opaque to everyone else.
//!
//! A family is one login on one device. Every refresh replaces its secret, so a secret seen twice means that somebody
//! has a copy, and the family ends. Only a digest of the secret is stored; the secret has 256 random bits, so a plain
//! SHA-256 cannot be turned back.
//!
//! A token's successor follows from the token and a random key that is stored with the family, so that the same trade can be
//! answered again. Neither suffices by itself: not the table without the token, not the token without the table.

use std::fmt;

use aws_lc_rs::hmac::{self, HMAC_SHA256, Key};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use contracts::ids::UserId;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// One login on one device. Names its owner, so that the owner's families can be found together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Family {
    /// Whose login.
    pub user: UserId,
    random: [u8; 16],
}

impl Family {
    /// The family of `user` told from others by random bytes.
    #[must_use]
    pub const fn new(user: UserId, random: [u8; 16]) -> Self {
        Self { user, random }
    }

    /// What tells it from its owner's other families.
    #[must_use]
    pub fn name(&self) -> String {
        BASE64.encode(self.random)
    }
}

/// What a client trades for the next session.
#[derive(Clone, PartialEq, Eq)]
pub struct RefreshToken {
    /// The login it prolongs.
    pub family: Family,
    secret: [u8; 32],
}

impl RefreshToken {
    /// The token of `family` with this random secret.
    #[must_use]
    pub const fn new(family: Family, secret: [u8; 32]) -> Self {
        Self { family, secret }
    }

    /// The token that a client sent; `None` when it is none of ours.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (family, secret) = text.split_once('.')?;
        let family: [u8; 32] = BASE64.decode(family).ok()?.try_into().ok()?;
        let secret: [u8; 32] = BASE64.decode(secret).ok()?.try_into().ok()?;
        let (user, random) = family.split_at(16);
        let user = UserId::from_uuid(Uuid::from_slice(user).ok()?);
        Some(Self { family: Family { user, random: random.try_into().ok()? }, secret })
    }

    /// The text for the client.
    #[must_use]
    pub fn reveal(&self) -> String {
        let family = [self.family.user.uuid().as_bytes().as_slice(), &self.family.random].concat();
        format!("{}.{}", BASE64.encode(family), BASE64.encode(self.secret))
    }

    /// The token that this one is traded for, under a key that was made for this trade.
    #[must_use]
    pub fn successor(&self, key: &[u8; 32]) -> Self {
        let tag = hmac::sign(&Key::new(HMAC_SHA256, key), &self.secret);
        let mut secret = [0; 32];
        secret.copy_from_slice(tag.as_ref());
        Self { family: self.family, secret }
    }

    /// What is stored of the secret.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.secret).into()
    }
}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshToken").field("family", &self.family).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips_and_refuses_everything_else() {
        let token = RefreshToken::new(Family::new(UserId::generate(), [7; 16]), [9; 32]);
        let text = token.reveal();
        assert_eq!(RefreshToken::parse(&text), Some(token.clone()));
        assert_ne!(token.digest().as_slice(), [9; 32]);
        let (family, secret) = text.split_once('.').unwrap();
        for bad in [
            String::new(),
            ".".into(),
            family.into(),
            format!("{family}."),
            format!(".{secret}"),
            format!("{text}="),
            format!("{text}.{secret}"),
            format!(" {text}"),
            format!("{family}.{}", &secret[1..]),
            "한.글".into(),
        ] {
            assert_eq!(RefreshToken::parse(&bad), None, "{bad}");
        }
    }

    #[test]
    fn a_successor_takes_both_token_and_key() {
        let family = Family::new(UserId::generate(), [7; 16]);
        let successor = |secret, key| RefreshToken::new(family, [secret; 32]).successor(&[key; 32]);
        assert_eq!(successor(9, 1), successor(9, 1));
        assert_eq!(successor(9, 1).family, family);
        for (secret, key) in [(9, 2), (8, 1), (1, 9)] {
            assert_ne!(successor(9, 1), successor(secret, key));
        }
    }

    #[test]
    fn its_debug_form_hides_the_secret() {
        let token = RefreshToken::new(Family::new(UserId::generate(), [7; 16]), [9; 32]);
        assert!(!format!("{token:?}").contains("9, 9"));
    }
}
