//! Google as an OpenID Connect provider: where to send people, and what it vouches for when they come back.
//!
//! The protocol is the crate `openidconnect`'s: discovery, PKCE, and the verification of ID tokens (issuer, audience,
//! signature, expiry, nonce). Here is what is made of it, and how long the provider's documents are believed.

mod claims;
mod http;

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::SystemTime;

use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreErrorResponseType, CoreJwsSigningAlgorithm, CoreProviderMetadata,
};
use openidconnect::{
    AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, SignatureVerificationError, TokenResponse as _, url,
};
use tokio::sync::Mutex;

use self::claims::{GoogleClient, GoogleIdToken, GoogleIdTokenClaims};
use self::http::{client, send};
use crate::domain::GooglePerson;

/// How long its documents are believed without looking again.
const DOCUMENTS_AGE: SignedDuration = SignedDuration::from_hours(1);

/// How long after a vain look for newer documents the next one comes.
const TRY_AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(60);

/// The provider did not vouch for anybody.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// It does not answer, or what it answers makes no sense; asking again later may help.
    #[error("the provider does not answer")]
    Unavailable(#[source] Box<dyn StdError + Send + Sync>),
    /// It does not take the code, or its ID token does not hold.
    #[error("the provider vouches for nobody: {0}")]
    Refused(String),
    /// It does not know us.
    #[error("the provider does not know this client: {0}")]
    Misconfigured(String),
}

/// A registration is unusable.
#[derive(Debug, thiserror::Error)]
pub enum RegistrationError {
    /// The issuer is no URL.
    #[error("the issuer is no URL: {0}")]
    Issuer(#[from] url::ParseError),
    /// The system cannot make TLS connections.
    #[error("no HTTP client can be made: {0}")]
    Client(#[from] reqwest::Error),
}

/// One registration at one provider.
#[derive(Debug)]
pub struct Provider {
    http: reqwest::Client,
    issuer: IssuerUrl,
    client_id: ClientId,
    client_secret: ClientSecret,
    known: Mutex<Option<Known>>,
}

/// Its documents, as they were read.
#[derive(Debug, Clone)]
struct Known {
    metadata: Arc<CoreProviderMetadata>,
    look_again_at: Timestamp,
}

/// One log-in, as this end of it knows it.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a> {
    /// Where the provider sends the browser back to.
    pub redirect_uri: &'a str,
    /// The secret of RFC 7636.
    pub code_verifier: &'a str,
    /// What the ID token must repeat.
    pub nonce: &'a str,
}

impl Provider {
    /// The registration `client_id` at `issuer`. Asks nobody yet.
    ///
    /// # Errors
    /// When the issuer is no URL, or nothing can be called from here.
    pub fn new(issuer: String, client_id: String, client_secret: String) -> Result<Self, RegistrationError> {
        Ok(Self {
            http: client()?,
            issuer: IssuerUrl::new(issuer)?,
            client_id: ClientId::new(client_id),
            client_secret: ClientSecret::new(client_secret),
            known: Mutex::new(None),
        })
    }

    /// Who vouches.
    #[must_use]
    pub fn issuer(&self) -> &str {
        self.issuer.as_str()
    }

    /// Where to send somebody to log in, in a browser.
    ///
    /// # Errors
    /// [`ProviderError::Unavailable`].
    pub async fn authorization_url(
        &self,
        attempt: Attempt<'_>,
        state: &str,
        now: Timestamp,
    ) -> Result<String, ProviderError> {
        let metadata = self.metadata(now).await?;
        let client = GoogleClient::from_provider_metadata((*metadata).clone(), self.client_id.clone(), None)
            .set_redirect_uri(redirect(attempt)?);
        let (state, nonce) = (CsrfToken::new(state.to_owned()), Nonce::new(attempt.nonce.to_owned()));
        let verifier = PkceCodeVerifier::new(attempt.code_verifier.to_owned());
        let (url, ..) = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, || state, || nonce)
            .add_scopes(["email", "profile"].map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        Ok(url.into())
    }

    /// Whom the provider vouches for with `code`, which it gave to a browser that logged in.
    ///
    /// # Errors
    /// Every [`ProviderError`].
    pub async fn redeem(
        &self,
        attempt: Attempt<'_>,
        code: &str,
        now: Timestamp,
    ) -> Result<GooglePerson, ProviderError> {
        let metadata = self.metadata(now).await?;
        let token = self.exchange(&metadata, attempt, code).await?;
        let claims = match self.verify(&metadata, &token, attempt.nonce, now) {
            // The provider has changed its keys since they were read.
            Err(ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey)) => {
                let metadata = self.fetch(now).await?;
                self.verify(&metadata, &token, attempt.nonce, now)
            }
            verdict => verdict,
        };
        let claims = claims.map_err(|error| ProviderError::Refused(error.to_string()))?;
        let email = claims.email().map(|email| (email.as_str(), claims.email_verified() == Some(true)));
        let name = claims.name().and_then(|names| names.get(None)).map(|name| name.as_str());
        let picture = claims.picture().and_then(|pictures| pictures.get(None)).map(|picture| picture.as_str());
        let person = GooglePerson::new(claims.subject(), email, name, picture)
            .ok_or_else(|| ProviderError::Refused("the subject is none".to_owned()))?;
        Ok(person.managed_by(claims.additional_claims().hd.clone()))
    }

    async fn exchange(
        &self,
        metadata: &CoreProviderMetadata,
        attempt: Attempt<'_>,
        code: &str,
    ) -> Result<GoogleIdToken, ProviderError> {
        let secret = Some(self.client_secret.clone());
        let client = GoogleClient::from_provider_metadata(metadata.clone(), self.client_id.clone(), secret)
            .set_redirect_uri(redirect(attempt)?);
        let request = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|error| ProviderError::Unavailable(Box::new(error)))?
            .set_pkce_verifier(PkceCodeVerifier::new(attempt.code_verifier.to_owned()));
        let send = |request| send(self.http.clone(), request);
        let tokens = request.request_async(&send).await.map_err(|error| match error {
            RequestTokenError::ServerResponse(refusal) => match refusal.error() {
                CoreErrorResponseType::InvalidClient | CoreErrorResponseType::UnauthorizedClient => {
                    ProviderError::Misconfigured(refusal.to_string())
                }
                _ => ProviderError::Refused(refusal.to_string()),
            },
            // The answer itself may hold tokens: it stays out of the error.
            RequestTokenError::Parse(error, _) => ProviderError::Unavailable(error.to_string().into()),
            other => ProviderError::Unavailable(Box::new(other)),
        })?;
        tokens.id_token().cloned().ok_or_else(|| ProviderError::Refused("there is no ID token".to_owned()))
    }

    fn verify<'t>(
        &self,
        metadata: &CoreProviderMetadata,
        token: &'t GoogleIdToken,
        nonce: &str,
        now: Timestamp,
    ) -> Result<&'t GoogleIdTokenClaims, ClaimsVerificationError> {
        // Without the client's secret: signatures by it (HS256) are not what Google gives, and none is accepted.
        let client = GoogleClient::from_provider_metadata(metadata.clone(), self.client_id.clone(), None);
        let verifier = client
            .id_token_verifier()
            .set_allowed_algs([CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256])
            .set_time_fn(move || SystemTime::from(now).into());
        token.claims(&verifier, &Nonce::new(nonce.to_owned()))
    }

    /// The provider's documents, at most an hour old unless it does not answer.
    async fn metadata(&self, now: Timestamp) -> Result<Arc<CoreProviderMetadata>, ProviderError> {
        let known = self.known.lock().await.clone();
        let Some(known) = known else { return self.fetch(now).await };
        if now < known.look_again_at {
            return Ok(known.metadata);
        }
        match self.fetch(now).await {
            Err(ProviderError::Unavailable(error)) => {
                tracing::warn!(%error, "the provider's documents cannot be read; the ones at hand go on");
                self.keep(&known.metadata, now, TRY_AGAIN_AFTER).await;
                Ok(known.metadata)
            }
            fetched => fetched,
        }
    }

    async fn fetch(&self, now: Timestamp) -> Result<Arc<CoreProviderMetadata>, ProviderError> {
        let send = |request| send(self.http.clone(), request);
        let metadata = CoreProviderMetadata::discover_async(self.issuer.clone(), &send).await;
        let metadata = Arc::new(metadata.map_err(|error| ProviderError::Unavailable(Box::new(error)))?);
        self.keep(&metadata, now, DOCUMENTS_AGE).await;
        Ok(metadata)
    }

    async fn keep(&self, metadata: &Arc<CoreProviderMetadata>, now: Timestamp, age: SignedDuration) {
        let look_again_at = now.saturating_add(age).unwrap_or(Timestamp::MAX);
        *self.known.lock().await = Some(Known { metadata: Arc::clone(metadata), look_again_at });
    }
}

fn redirect(attempt: Attempt<'_>) -> Result<RedirectUrl, ProviderError> {
    RedirectUrl::new(attempt.redirect_uri.to_owned()).map_err(|error| ProviderError::Refused(error.to_string()))
}
