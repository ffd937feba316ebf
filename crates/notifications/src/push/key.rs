//! The key pair by which push services know us (RFC 8292, "VAPID"): browsers subscribe to its public half, every message
//! comes with a token that the private half has signed.

use std::fmt;

use aws_lc_rs::error::{KeyRejected, Unspecified};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::{Deserialize, Serialize};

/// How long a token is good for, in seconds. Push services refuse more than a day.
const TOKEN_SECONDS: i64 = 12 * 60 * 60;

/// A key could not be made, read or used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The cryptographic library gave up: no randomness.
    #[error("a key could not be generated or encoded")]
    Crypto(#[from] Unspecified),
    /// The stored secret is something else.
    #[error("the stored push key is unreadable")]
    Unreadable(#[from] serde_json::Error),
    /// The stored bytes are no key on P-256.
    #[error("the stored push key is no key")]
    NoKey(#[from] KeyRejected),
    /// The stored text is no base64.
    #[error("the stored push key is not encoded as it should be")]
    Encoding(#[from] base64::DecodeError),
    /// A token could not be signed.
    #[error("a token could not be signed")]
    Token(#[from] jsonwebtoken::errors::Error),
}

/// The key pair.
pub struct PushKey {
    /// PKCS #8.
    private: Vec<u8>,
    /// 65 bytes, base64url.
    public: String,
    generation: u32,
    created_at: Timestamp,
}

/// What the secret holds, as JSON.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Secret {
    /// PKCS #8, base64url.
    private_key: String,
    generation: u32,
    created_at: Timestamp,
}

#[derive(Serialize)]
struct Claims<'a> {
    aud: &'a str,
    exp: i64,
    sub: &'a str,
}

impl PushKey {
    /// A new one.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn generate(generation: u32, now: Timestamp) -> Result<Self, KeyError> {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)?;
        Self::of(pair.to_pkcs8v1()?.as_ref().to_vec(), generation, now)
    }

    fn of(private: Vec<u8>, generation: u32, created_at: Timestamp) -> Result<Self, KeyError> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &private)?;
        let public = BASE64.encode(pair.public_key());
        Ok(Self { private, public, generation, created_at })
    }

    /// The key in a secret; `None` when the secret is still empty.
    ///
    /// # Errors
    /// When there is something else in it, which is never overwritten.
    pub fn read(secret: &str) -> Result<Option<Self>, KeyError> {
        if secret.trim().is_empty() {
            return Ok(None);
        }
        let secret: Secret = serde_json::from_str(secret)?;
        Self::of(BASE64.decode(secret.private_key)?, secret.generation, secret.created_at).map(Some)
    }

    /// The text for the secret.
    ///
    /// # Errors
    /// When it does not serialise, which a key always does.
    pub fn write(&self) -> Result<String, KeyError> {
        let (generation, created_at) = (self.generation, self.created_at);
        Ok(serde_json::to_string(&Secret { private_key: BASE64.encode(&self.private), generation, created_at })?)
    }

    /// The public half as browsers take it: an uncompressed point, base64url.
    #[must_use]
    pub fn public(&self) -> &str {
        &self.public
    }

    /// Which one it is: operators ask for a higher number to have the key replaced.
    #[must_use]
    pub const fn generation(&self) -> u32 {
        self.generation
    }

    /// The header `Authorization` of a message to the push service `audience` (an origin). `subject` is where its
    /// operators reach ours: an address `mailto:` or `https:`.
    ///
    /// # Errors
    /// When the token cannot be signed.
    pub fn authorization(&self, audience: &str, subject: &str, now: Timestamp) -> Result<String, KeyError> {
        let claims = Claims { aud: audience, exp: now.as_second() + TOKEN_SECONDS, sub: subject };
        let key = EncodingKey::from_ec_der(&self.private);
        let token = jsonwebtoken::encode(&Header::new(Algorithm::ES256), &claims, &key)?;
        Ok(format!("vapid t={token}, k={}", self.public))
    }
}

impl fmt::Debug for PushKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PushKey")
            .field("public", &self.public)
            .field("generation", &self.generation)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use web_push_native::p256::ecdsa::signature::Verifier as _;
    use web_push_native::p256::ecdsa::{Signature, VerifyingKey};

    fn now() -> Timestamp {
        Timestamp::from_second(1_800_000_000).unwrap()
    }

    #[test]
    fn what_is_stored_is_the_same_key() {
        let key = PushKey::generate(3, now()).unwrap();
        let read = PushKey::read(&key.write().unwrap()).unwrap().unwrap();
        assert_eq!((read.public(), read.generation()), (key.public(), 3));
        assert_eq!(BASE64.decode(key.public()).unwrap().len(), 65);
        assert_ne!(PushKey::generate(3, now()).unwrap().public(), key.public());
        assert!(!format!("{key:?}").contains(&BASE64.encode(&key.private)[..20]));
    }

    #[test]
    fn an_empty_secret_is_no_key_and_another_one_an_error() {
        assert!(PushKey::read(" ").unwrap().is_none());
        assert!(matches!(PushKey::read("hunter2"), Err(KeyError::Unreadable(_))));
        let secret =
            |key: &str| format!(r#"{{"privateKey":"{key}","generation":1,"createdAt":"2026-01-01T00:00:00Z"}}"#);
        assert!(matches!(PushKey::read(&secret("%")), Err(KeyError::Encoding(_))));
        assert!(matches!(PushKey::read(&secret("AAAA")), Err(KeyError::NoKey(_))));
    }

    /// By another library than the one that signed.
    #[test]
    fn the_public_half_vouches_for_tokens() {
        let key = PushKey::generate(1, now()).unwrap();
        let header = key.authorization("https://push.example", "mailto:no-reply@jari.example", now()).unwrap();
        let (token, public) = header.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        assert_eq!(public, key.public());
        let (message, signature) = token.rsplit_once('.').unwrap();
        let verifier = VerifyingKey::from_sec1_bytes(&BASE64.decode(public).unwrap()).unwrap();
        let signature = Signature::from_slice(&BASE64.decode(signature).unwrap()).unwrap();
        assert!(verifier.verify(message.as_bytes(), &signature).is_ok());
        let part = |place| -> serde_json::Value {
            serde_json::from_slice(&BASE64.decode(message.split('.').nth(place).unwrap()).unwrap()).unwrap()
        };
        assert_eq!(part(0), serde_json::json!({"typ": "JWT", "alg": "ES256"}));
        assert_eq!(
            part(1),
            serde_json::json!({
                "aud": "https://push.example", "exp": 1_800_043_200_i64, "sub": "mailto:no-reply@jari.example",
            })
        );
    }
}
