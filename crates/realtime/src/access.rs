//! Who connects: access tokens, verified as API Gateway's authorizer verifies them for the HTTP API.
//!
//! A WebSocket API has no such authorizer, and a browser cannot send a header with the handshake. So the token comes in the
//! query string and is verified here, against the same published keys.

use aws_sdk_s3::Client;
use contracts::ids::UserId;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use tokio::sync::Mutex;

/// The key set's place in the bucket.
const KEY_SET: &str = ".well-known/jwks.json";

/// How long nobody looks for a key after somebody did: tokens can name any key they like.
const LEFT_ALONE: SignedDuration = SignedDuration::from_secs(10);

/// How far ahead of ours the clock of whoever signed may be.
const AHEAD: SignedDuration = SignedDuration::from_secs(5);

/// The longest token that is looked at, in bytes; ours have some 700.
const MOST_BYTES: usize = 4096;

/// Nobody is let in by this token.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// It is not a token of ours, or not good any more.
    #[error("the access token is not valid")]
    Invalid,
    /// The keys to verify it with could not be read.
    #[error("the published keys could not be read")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Where keys are published.
pub trait PublishedKeys {
    /// The keys as they are published now.
    ///
    /// # Errors
    /// When they cannot be read.
    fn read(&self) -> impl Future<Output = Result<JwkSet, AccessError>>;
}

/// The bucket that the discovery documents are in.
#[derive(Debug, Clone)]
pub struct DiscoveryBucket {
    client: Client,
    bucket: String,
}

impl DiscoveryBucket {
    /// The bucket of this name.
    #[must_use]
    pub fn new(client: Client, bucket: impl Into<String>) -> Self {
        Self { client, bucket: bucket.into() }
    }
}

impl PublishedKeys for DiscoveryBucket {
    async fn read(&self) -> Result<JwkSet, AccessError> {
        let object = self.client.get_object().bucket(&self.bucket).key(KEY_SET).send().await;
        let object = object.map_err(|error| AccessError::Unavailable(error.into()))?;
        let body = object.body.collect().await.map_err(|error| AccessError::Unavailable(error.into()))?;
        serde_json::from_slice(&body.into_bytes()).map_err(|error| AccessError::Unavailable(error.into()))
    }
}

/// Verifies access tokens.
#[derive(Debug)]
pub struct AccessTokens<K> {
    source: K,
    issuer: String,
    audience: String,
    known: Mutex<Known>,
}

/// The keys that were read, and when somebody last looked for them.
#[derive(Debug)]
struct Known {
    keys: JwkSet,
    looked_at: Option<Timestamp>,
}

#[derive(Deserialize)]
struct Claims {
    sub: UserId,
    exp: i64,
    #[serde(default)]
    iat: i64,
    #[serde(default)]
    nbf: i64,
}

impl<K: PublishedKeys> AccessTokens<K> {
    /// Of `issuer`, for `audience`, by the keys of `source`.
    #[must_use]
    pub fn new(source: K, issuer: impl Into<String>, audience: impl Into<String>) -> Self {
        let known = Mutex::new(Known { keys: JwkSet { keys: Vec::new() }, looked_at: None });
        Self { source, issuer: issuer.into(), audience: audience.into(), known }
    }

    /// Whose this token is.
    ///
    /// # Errors
    /// When it is not valid at `now`, or that cannot be found out.
    pub async fn user(&self, token: &str, now: Timestamp) -> Result<UserId, AccessError> {
        if token.len() > MOST_BYTES {
            return Err(AccessError::Invalid);
        }
        let header = decode_header(token).map_err(|_| AccessError::Invalid)?;
        let kid = header.kid.filter(|_| header.alg == Algorithm::RS256).ok_or(AccessError::Invalid)?;
        let key = self.key(&kid, now).await?.ok_or(AccessError::Invalid)?;

        let mut rules = Validation::new(Algorithm::RS256);
        rules.set_issuer(&[&self.issuer]);
        rules.set_audience(&[&self.audience]);
        rules.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        // The library would ask the clock.
        rules.validate_exp = false;
        let claims = decode::<Claims>(token, &key, &rules).map_err(|_| AccessError::Invalid)?.claims;
        let ahead = now.as_second() + AHEAD.as_secs();
        let good = claims.exp > now.as_second() && claims.iat <= ahead && claims.nbf <= ahead;
        if good { Ok(claims.sub) } else { Err(AccessError::Invalid) }
    }

    /// The key of this name, if it is published.
    async fn key(&self, kid: &str, now: Timestamp) -> Result<Option<DecodingKey>, AccessError> {
        // Held while reading: connections that come at once wait for one reading instead of all reading.
        let mut known = self.known.lock().await;
        let rested = known.looked_at.is_none_or(|looked_at| now.duration_since(looked_at) >= LEFT_ALONE);
        if known.keys.find(kid).is_none() && rested {
            known.keys = self.source.read().await?;
            known.looked_at = Some(now);
        }
        known
            .keys
            .find(kid)
            .map(DecodingKey::from_jwk)
            .transpose()
            .map_err(|error| AccessError::Unavailable(error.into()))
    }
}
