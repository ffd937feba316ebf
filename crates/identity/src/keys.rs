//! The keys that sign access tokens, as they are stored, and what the world is told of them.
//!
//! The stored form and the published one are lists, so that a second key can be published before it signs and stay
//! published after it has stopped: rotation needs no migration.

use std::fmt;

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use jiff::Timestamp;
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, EncodingKey};
use serde::{Deserialize, Serialize};

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
}

impl KeyRing {
    /// A ring with one new RSA-2048 key.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn generate(now: Timestamp) -> Result<Self, KeyError> {
        let der: Pkcs8V1Der<'_> = KeyPair::generate(KeySize::Rsa2048)?.as_der()?;
        let private_key_pem = pem::encode(&pem::Pem::new("PRIVATE KEY", der.as_ref()));
        let mut key = PrivateKey { kid: String::new(), private_key_pem, created_at: now };
        key.kid = key.public()?.thumbprint(ThumbprintHash::SHA256)?;
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
    fn two_keys_are_published_and_the_current_one_signs() {
        let (mut ring, next) =
            (KeyRing::generate(Timestamp::UNIX_EPOCH).unwrap(), KeyRing::generate(Timestamp::UNIX_EPOCH).unwrap());
        ring.keys.extend(next.keys.clone());
        assert_eq!(ring.public().unwrap().keys.len(), 2);
        assert_ne!(ring.signer().unwrap().0, next.current);
        ring.current.clone_from(&next.current);
        assert_eq!(ring.signer().unwrap().0, next.current);
    }
}
