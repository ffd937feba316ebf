//! Short-lived claims that a person carries and we believe: JWTs, HS256, under a secret of ours.
//!
//! The claims say themselves for whom they are (`aud`) and until when (`exp`, in seconds since 1970). Time is an
//! argument, and there is no leeway: signer and verifier are both ours.

use std::fmt;

use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::error::SdkError;
use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueError;
use jiff::Timestamp;
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// The shortest secret in bytes: as long as what HMAC-SHA256 makes of it.
const SHORTEST: usize = 32;

/// The stages of a secret in Secrets Manager: the value that counts, and the one before it.
const CURRENT: &str = "AWSCURRENT";
const PREVIOUS: &str = "AWSPREVIOUS";

/// What claims are signed with, and what they may have been signed with before the secret was rotated.
pub struct Secret {
    signs: EncodingKey,
    verifies: Vec<DecodingKey>,
}

/// The secret cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// Secrets Manager did not give it.
    #[error("the signing secret could not be read")]
    Unavailable(#[source] Box<SdkError<GetSecretValueError>>),
    /// It could be guessed.
    #[error("the signing secret must have at least {SHORTEST} bytes")]
    TooShort,
}

/// The claims do not serialise: a mistake of ours.
#[derive(Debug, thiserror::Error)]
#[error("the claims could not be signed")]
pub struct NotSigned(#[source] Error);

/// Why a token is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is no token, or its claims are not the expected ones.
    #[error("not a token of this kind")]
    Malformed,
    /// Somebody else signed it, or signed it in another way.
    #[error("not signed by us")]
    Signature,
    /// Its time is over.
    #[error("expired")]
    Expired,
    /// It is meant for something else.
    #[error("meant for something else")]
    Audience,
}

impl Secret {
    /// Signs with `current`; believes what was signed with it or with `previous`.
    ///
    /// # Errors
    /// When one of them is shorter than 32 bytes.
    pub fn new(current: &[u8], previous: Option<&[u8]>) -> Result<Self, SecretError> {
        let all = || std::iter::once(current).chain(previous);
        if all().any(|secret| secret.len() < SHORTEST) {
            return Err(SecretError::TooShort);
        }
        Ok(Self { signs: EncodingKey::from_secret(current), verifies: all().map(DecodingKey::from_secret).collect() })
    }

    /// The text of a secret in Secrets Manager, with the one before it when it was rotated.
    ///
    /// # Errors
    /// When it cannot be read, or is too short.
    pub async fn read(client: &Client, arn: &str) -> Result<Self, SecretError> {
        let stage = |stage: &'static str| async move {
            let answer = client.get_secret_value().secret_id(arn).version_stage(stage).send().await;
            answer.map(|value| value.secret_string.unwrap_or_default())
        };
        let current = stage(CURRENT).await.map_err(|error| SecretError::Unavailable(Box::new(error)))?;
        let previous = match stage(PREVIOUS).await {
            Ok(text) => Some(text),
            // Never rotated.
            Err(SdkError::ServiceError(context)) if context.err().is_resource_not_found_exception() => None,
            Err(error) => return Err(SecretError::Unavailable(Box::new(error))),
        };
        Self::new(current.as_bytes(), previous.as_ref().map(String::as_bytes))
    }

    /// The claims as a token.
    ///
    /// # Errors
    /// When they do not serialise.
    pub fn sign<T: Serialize>(&self, claims: &T) -> Result<String, NotSigned> {
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &self.signs).map_err(NotSigned)
    }

    /// The claims of a token that we signed for `audience` and whose time is not over.
    ///
    /// # Errors
    /// Why it is not believed; the signature is looked at before anything that it protects.
    pub fn verify<T: DeserializeOwned>(&self, token: &str, audience: &str, now: Timestamp) -> Result<T, Refused> {
        let mut rules = Validation::new(Algorithm::HS256);
        rules.set_audience(&[audience]);
        rules.set_required_spec_claims(&["aud"]);
        // The library would ask the clock.
        rules.validate_exp = false;
        let claims = self.believed(token, &rules)?;
        let expires_at = claims.get("exp").and_then(Value::as_i64).ok_or(Refused::Malformed)?;
        if expires_at <= now.as_second() {
            return Err(Refused::Expired);
        }
        serde_json::from_value(claims).map_err(|_| Refused::Malformed)
    }

    fn believed(&self, token: &str, rules: &Validation) -> Result<Value, Refused> {
        let mut refused = Refused::Signature;
        for key in &self.verifies {
            match jsonwebtoken::decode(token, key, rules) {
                Ok(token) => return Ok(token.claims),
                Err(error) => refused = reason(&error),
            }
            // Only another secret could change the answer to a wrong signature.
            if refused != Refused::Signature {
                break;
            }
        }
        Err(refused)
    }
}

fn reason(error: &Error) -> Refused {
    match error.kind() {
        ErrorKind::InvalidSignature | ErrorKind::InvalidAlgorithm | ErrorKind::UnsupportedAlgorithm => {
            Refused::Signature
        }
        ErrorKind::InvalidAudience | ErrorKind::MissingRequiredClaim(_) => Refused::Audience,
        _ => Refused::Malformed,
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secret").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    struct Claims {
        aud: String,
        seat: u32,
        exp: i64,
    }

    const OURS: &[u8] = b"0123456789abcdef0123456789abcdef";
    const OTHER: &[u8] = b"fedcba9876543210fedcba9876543210";

    fn secret() -> Secret {
        Secret::new(OURS, None).unwrap()
    }

    fn claims() -> Claims {
        Claims { aud: "tests".into(), seat: 7, exp: 1_000 }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn refused(token: &str) -> Refused {
        secret().verify::<Claims>(token, "tests", at(999)).unwrap_err()
    }

    #[test]
    fn what_was_signed_is_believed_until_its_time_is_over() {
        let token = secret().sign(&claims()).unwrap();
        assert_eq!(secret().verify::<Claims>(&token, "tests", at(999)), Ok(claims()));
        assert_eq!(secret().verify::<Claims>(&token, "tests", at(1_000)), Err(Refused::Expired));
    }

    #[test]
    fn forgeries_are_refused() {
        assert_eq!(refused(&Secret::new(OTHER, None).unwrap().sign(&claims()).unwrap()), Refused::Signature);
        let otherwise = Header::new(Algorithm::HS512);
        let token = jsonwebtoken::encode(&otherwise, &claims(), &EncodingKey::from_secret(OURS)).unwrap();
        assert_eq!(refused(&token), Refused::Signature);

        let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let body = part(serde_json::to_value(claims()).unwrap());
        assert_eq!(refused(&format!("{}.{body}.", part(json!({"alg": "none"})))), Refused::Malformed);
        assert_eq!(refused(&format!("{}.{body}.", part(json!({"alg": "HS256"})))), Refused::Signature);

        let token = secret().sign(&claims()).unwrap();
        let (head, rest) = token.split_once('.').unwrap();
        let (_, signature) = rest.split_once('.').unwrap();
        let better = part(serde_json::to_value(Claims { seat: 1, ..claims() }).unwrap());
        assert_eq!(refused(&format!("{head}.{better}.{signature}")), Refused::Signature);
        for text in ["", "a", "a.b", "a.b.c", "..", "좌석"] {
            assert_eq!(refused(text), Refused::Malformed, "{text}");
        }
    }

    #[test]
    fn claims_for_something_else_are_refused() {
        let sign = |claims: Value| secret().sign(&claims).unwrap();
        assert_eq!(refused(&sign(json!({"aud": "others", "seat": 7, "exp": 1_000}))), Refused::Audience);
        assert_eq!(refused(&sign(json!({"seat": 7, "exp": 1_000}))), Refused::Audience);
        assert_eq!(refused(&sign(json!({"aud": "tests", "seat": 7}))), Refused::Malformed);
        assert_eq!(refused(&sign(json!({"aud": "tests", "exp": 1_000}))), Refused::Malformed);
        assert_eq!(refused(&sign(json!({"aud": "tests", "seat": 7, "exp": "later"}))), Refused::Malformed);
    }

    #[test]
    fn a_rotated_secret_believes_what_the_one_before_has_signed() {
        let before = secret().sign(&claims()).unwrap();
        let rotated = Secret::new(OTHER, Some(OURS)).unwrap();
        assert_eq!(rotated.verify::<Claims>(&before, "tests", at(0)), Ok(claims()));
        let after = rotated.sign(&claims()).unwrap();
        assert_eq!(rotated.verify::<Claims>(&after, "tests", at(0)), Ok(claims()));
        assert_eq!(refused(&after), Refused::Signature);
        assert_eq!(rotated.verify::<Claims>(&before, "others", at(0)), Err(Refused::Audience));
    }

    #[test]
    fn short_secrets_are_refused() {
        assert!(Secret::new(b"short", None).is_err());
        assert!(Secret::new(OURS, Some(b"short")).is_err());
        assert!(!format!("{:?}", secret()).contains("0123"));
    }
}
