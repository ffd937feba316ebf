//! The tokens of a run, in place of the deployment's: signed with a secret instead of a key pair.

use hyper::HeaderMap;
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::Failure;

const AUDIENCE: &str = "jari";
const ISSUER: &str = "http://127.0.0.1/load";

/// Signs and verifies the tokens of a run.
#[derive(Clone)]
pub struct Tokens {
    signs: EncodingKey,
    verifies: DecodingKey,
    validation: Validation,
}

/// What a token says of whom it is for.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Claims {
    iss: String,
    aud: String,
    sub: String,
    iat: i64,
    exp: i64,
    scope: String,
    role: String,
}

impl Default for Tokens {
    /// With a new secret.
    fn default() -> Self {
        let secret: [u8; 32] = std::array::from_fn(|_| fastrand::u8(..));
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_audience(&[AUDIENCE]);
        validation.set_issuer(&[ISSUER]);
        Self { signs: EncodingKey::from_secret(&secret), verifies: DecodingKey::from_secret(&secret), validation }
    }
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tokens")
    }
}

impl Tokens {
    /// A buyer's token, good for an hour.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn sign(&self, user: &str) -> Result<String, Failure> {
        let now = Timestamp::now().as_second();
        let [iss, aud, sub, scope] = [ISSUER, AUDIENCE, user, "buyer"].map(str::to_owned);
        let claims = Claims { iss, aud, sub, iat: now, exp: now + 3_600, role: scope.clone(), scope };
        Ok(jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.signs)?)
    }

    /// What a request's token claims; none when it has no good one.
    pub(crate) fn verify(&self, headers: &HeaderMap) -> Option<Claims> {
        let token = headers.get("authorization")?.to_str().ok()?.strip_prefix("Bearer ")?;
        Some(jsonwebtoken::decode::<Claims>(token, &self.verifies, &self.validation).ok()?.claims)
    }
}

impl Claims {
    /// Whether it grants this scope.
    pub(crate) fn grants(&self, scope: &str) -> bool {
        self.scope.split_whitespace().any(|granted| granted == scope)
    }

    /// As API Gateway hands them on: all of them texts.
    pub(crate) fn texts(&self) -> Value {
        json!({
            "iss": self.iss, "aud": self.aud, "sub": self.sub, "iat": self.iat.to_string(),
            "exp": self.exp.to_string(), "scope": self.scope, "role": self.role,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tokens_of_this_run_are_good() {
        let (ours, theirs) = (Tokens::default(), Tokens::default());
        let headers = |token: String| {
            HeaderMap::from_iter([(hyper::header::AUTHORIZATION, format!("Bearer {token}").parse().unwrap())])
        };
        assert_eq!(ours.verify(&headers(ours.sign("usr_1").unwrap())).unwrap().sub, "usr_1");
        assert!(ours.verify(&headers(theirs.sign("usr_1").unwrap())).is_none());
        assert!(ours.verify(&HeaderMap::new()).is_none());
    }
}
