//! `Idempotency-Key`: the same request sent twice has one effect and one answer.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Bytes kept of a digest: collisions of a caller with themself are out of reach at 128 bits, and items stay small.
const DIGEST_BYTES: usize = 16;

/// How long a key is remembered, in seconds: 24 hours, as the contract says.
pub const KEY_LIFETIME_SECONDS: i64 = 24 * 60 * 60;

/// A caller's key, as it is stored: a digest, so that any 1–300 characters fit everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct IdempotencyKey(String);

/// What a key was used for: a digest of the parsed body, so that white space and the order of members do not matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint(String);

impl IdempotencyKey {
    /// The key as the caller gave it.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(digest(text.as_bytes()))
    }

    /// The stored form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Fingerprint {
    /// Of a body.
    #[must_use]
    pub fn of(body: &serde_json::Value) -> Self {
        Self(digest(body.to_string().as_bytes()))
    }

    /// The stored form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The two together, when the caller sent a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotentRequest {
    /// The key.
    pub key: IdempotencyKey,
    /// The body it came with.
    pub fingerprint: Fingerprint,
}

fn digest(bytes: &[u8]) -> String {
    let full = Sha256::digest(bytes);
    URL_SAFE_NO_PAD.encode(&full[..DIGEST_BYTES])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_ignore_white_space_and_order() {
        let parse = |text: &str| Fingerprint::of(&serde_json::from_str(text).unwrap());
        assert_eq!(parse(r#"{"a":1,"b":[2,3]}"#), parse(" { \"b\": [2, 3], \"a\": 1 } "));
        assert_ne!(parse(r#"{"a":1}"#), parse(r#"{"a":2}"#));
    }
}
