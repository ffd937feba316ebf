//! The keys that sign access tokens, as they are stored, and what the world is told of them.
//!
//! The stored form and the published one are lists, so that a second key can be published before it signs and stay
//! published after it has stopped ([`crate::domain::rotation`]). Rings from before rotations lack the times: they read as
//! one key that signs.

use std::fmt;

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use jiff::Timestamp;
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, EncodingKey};
use serde::{Deserialize, Serialize};

use crate::domain::rotation::KeyTimes;

/// How tokens are signed: RSA with PKCS #1 v1.5 and SHA-256, the one algorithm API Gateway's JWT authorizer knows.
pub const ALGORITHM: Algorithm = Algorithm::RS256;

/// A key could not be made, read or used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The cryptographic library gave up: no randomness, or a key it does not like.
    #[error("a key could not be generated or encoded")]
    Crypto(#[from] aws_lc_rs::error::Unspecified),
    /// The stored secret is not a key ring.
    #[error("the stored keys are unreadable")]
    Unreadable(#[from] serde_json::Error),
    /// The key that is to sign is not among the stored ones.
    #[error("the current key is missing")]
    NoCurrentKey,
    /// A key or token was not usable.
    #[error("a key is unusable")]
    Token(#[from] jsonwebtoken::errors::Error),
}

/// The private keys: exactly what the secret holds, as JSON.
#[derive(Clone, Serialize, Deserialize)]
pub struct KeyRing {
    /// The `kid` of the key that signs.
    current: String,
    /// All keys whose signatures are honoured.
    keys: Vec<PrivateKey>,
}

/// One of them.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PrivateKey {
    /// The key's name in token headers: its RFC 7638 thumbprint.
    kid: String,
    /// PKCS #8 in PEM.
    private_key_pem: String,
    created_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    signs_since: Option<Timestamp>,
}

impl KeyRing {
    /// A ring with one new RSA-2048 key.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn generate(now: Timestamp) -> Result<Self, KeyError> {
        let key = PrivateKey { signs_since: Some(now), ..PrivateKey::generate(now)? };
        Ok(Self { current: key.kid.clone(), keys: vec![key] })
    }

    /// The ring in a secret; `None` when the secret is still empty.
    ///
    /// # Errors
    /// When there is something else in it, which is never overwritten.
    pub fn read(secret: &str) -> Result<Option<Self>, KeyError> {
        if secret.trim().is_empty() { Ok(None) } else { Ok(Some(serde_json::from_str(secret)?)) }
    }

    /// The text for the secret.
    ///
    /// # Errors
    /// When it does not serialise, which a ring always does.
    pub fn write(&self) -> Result<String, KeyError> {
        Ok(serde_json::to_string(self)?)
    }

    /// The key that signs, with its name.
    ///
    /// # Errors
    /// When the ring does not hold it or it is no RSA key.
    pub fn signer(&self) -> Result<(String, EncodingKey), KeyError> {
        let key = self.keys.iter().find(|key| key.kid == self.current).ok_or(KeyError::NoCurrentKey)?;
        Ok((key.kid.clone(), key.private()?))
    }

    /// The name of the key that signs.
    #[must_use]
    pub fn current(&self) -> &str {
        &self.current
    }

    /// The lives of its keys, oldest first.
    #[must_use]
    pub fn times(&self) -> Vec<KeyTimes> {
        let times = |key: &PrivateKey| KeyTimes {
            kid: key.kid.clone(),
            created_at: key.created_at,
            published_at: key.published_at,
            signs_since: key.signs_since,
        };
        self.keys.iter().map(times).collect()
    }

    /// The ring with one more key, which does not sign yet.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn with_next(mut self, now: Timestamp) -> Result<Self, KeyError> {
        self.keys.push(PrivateKey::generate(now)?);
        Ok(self)
    }

    /// The ring after `missing` have been published, which were not before; `None` when all had been and say so.
    #[must_use]
    pub fn published(mut self, missing: &[String], now: Timestamp) -> Option<Self> {
        let mut changed = false;
        for key in &mut self.keys {
            if key.published_at.is_none() || missing.contains(&key.kid) {
                key.published_at = Some(now);
                changed = true;
            }
        }
        changed.then_some(self)
    }

    /// The ring whose key `kid` signs from now on.
    #[must_use]
    pub fn signing_with(mut self, kid: String, now: Timestamp) -> Self {
        for key in &mut self.keys {
            if key.kid == kid {
                key.signs_since = Some(now);
            } else if key.kid == self.current {
                // A ring from before times were kept does not say since when.
                key.signs_since.get_or_insert(key.created_at);
            }
        }
        Self { current: kid, ..self }
    }

    /// The ring without these keys.
    #[must_use]
    pub fn without(mut self, kids: &[String]) -> Self {
        self.keys.retain(|key| !kids.contains(&key.kid));
        self
    }

    /// The public halves, as `jwks.json` lists them.
    ///
    /// # Errors
    /// When a key is unreadable.
    pub fn public(&self) -> Result<JwkSet, KeyError> {
        let keys = self.keys.iter().map(|key| {
            let mut jwk = key.public()?;
            jwk.common.key_id = Some(key.kid.clone());
            jwk.common.public_key_use = Some(PublicKeyUse::Signature);
            Ok(jwk)
        });
        Ok(JwkSet { keys: keys.collect::<Result<_, KeyError>>()? })
    }
}

impl PrivateKey {
    fn generate(now: Timestamp) -> Result<Self, KeyError> {
        let der: Pkcs8V1Der<'_> = KeyPair::generate(KeySize::Rsa2048)?.as_der()?;
        let private_key_pem = pem::encode(&pem::Pem::new("PRIVATE KEY", der.as_ref()));
        let mut key =
            Self { kid: String::new(), private_key_pem, created_at: now, published_at: None, signs_since: None };
        key.kid = key.public()?.thumbprint(ThumbprintHash::SHA256)?;
        Ok(key)
    }

    fn private(&self) -> Result<EncodingKey, KeyError> {
        Ok(EncodingKey::from_rsa_pem(self.private_key_pem.as_bytes())?)
    }

    fn public(&self) -> Result<Jwk, KeyError> {
        Ok(Jwk::from_encoding_key(&self.private()?, ALGORITHM)?)
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyRing").field("current", &self.current).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_ring_reads_back_and_shows_only_public_halves() {
        let ring = KeyRing::generate(Timestamp::UNIX_EPOCH).unwrap();
        let stored = ring.write().unwrap();
        let read = KeyRing::read(&stored).unwrap().unwrap();
        assert_eq!(read.public().unwrap(), ring.public().unwrap());
        assert_eq!(read.signer().unwrap().0, ring.signer().unwrap().0);

        let jwks = serde_json::to_value(ring.public().unwrap()).unwrap();
        let key = jwks["keys"][0].as_object().unwrap();
        let members: Vec<_> = key.keys().map(String::as_str).collect();
        assert_eq!(members, ["alg", "e", "kid", "kty", "n", "use"]);
        assert_eq!((&key["alg"], &key["use"], &key["kty"]), (&"RS256".into(), &"sig".into(), &"RSA".into()));
        assert!(stored.contains("PRIVATE KEY") && !format!("{ring:?}").contains("PRIVATE"));
    }

    #[test]
    fn an_empty_secret_is_no_ring_and_a_foreign_one_is_an_error() {
        assert!(KeyRing::read(" \n").unwrap().is_none());
        assert!(KeyRing::read("{}").is_err());
        assert!(KeyRing::read("r4nd0m").is_err());
        assert!(matches!(
            KeyRing::read(r#"{"current":"a","keys":[]}"#).unwrap().unwrap().signer(),
            Err(KeyError::NoCurrentKey)
        ));
    }

    #[test]
    fn a_ring_without_times_is_read_and_goes_through_a_rotation() {
        let (begun, now) = (Timestamp::UNIX_EPOCH, Timestamp::from_second(100).unwrap());
        let mut stored: serde_json::Value = serde_json::to_value(KeyRing::generate(begun).unwrap()).unwrap();
        stored["keys"][0].as_object_mut().unwrap().remove("signsSince").unwrap();
        let ring = KeyRing::read(&stored.to_string()).unwrap().unwrap();
        let old = ring.current().to_owned();
        assert_eq!((ring.times()[0].published_at, ring.times()[0].signs_since), (None, None));

        let ring = ring.with_next(now).unwrap();
        assert_eq!((ring.public().unwrap().keys.len(), ring.signer().unwrap().0), (2, old.clone()));
        let next = ring.times()[1].kid.clone();
        let ring = ring.published(&[], now).unwrap();
        assert!(ring.clone().published(&[], now).is_none());
        let later = Timestamp::from_second(200).unwrap();
        let again = ring.clone().published(std::slice::from_ref(&next), later).unwrap();
        let published: Vec<_> = again.times().into_iter().map(|key| key.published_at).collect();
        assert_eq!(published, [Some(now), Some(later)]);

        let ring = ring.signing_with(next.clone(), later);
        let since: Vec<_> = ring.times().into_iter().map(|key| key.signs_since).collect();
        assert_eq!((ring.signer().unwrap().0, since), (next.clone(), vec![Some(begun), Some(later)]));
        let ring = ring.without(&[old]);
        assert_eq!((ring.public().unwrap().keys.len(), ring.current()), (1, next.as_str()));
    }
}
