//! Logging in through Google, up to the point where it is known who comes.

use jiff::Timestamp;

use crate::Error;
use crate::domain::challenge::{LIFETIME_SECONDS, code_verifier, is_our_page};
use crate::domain::{ChallengeKey, GooglePerson};
use crate::provider::{Attempt, Provider, ProviderError};
use crate::random::random;

/// The page of the web UI that people come back to unless the client names another.
const PAGE: &str = "/login/google";

/// Our registration at Google.
#[derive(Debug)]
pub struct Google {
    provider: Provider,
    key: ChallengeKey,
    public_url: String,
}

/// What a client needs to send somebody to Google and to finish when they come back.
#[derive(Debug, Clone)]
pub struct Departure {
    /// Where to send the browser.
    pub authorization_url: String,
    /// What the browser brings back.
    pub state: String,
    /// What the client keeps to itself until then.
    pub code_verifier: String,
    /// Where the browser comes back to.
    pub redirect_uri: String,
    /// How long they may take, in seconds.
    pub expires_in: i64,
}

/// What a client has when somebody has come back.
#[derive(Clone)]
pub struct Arrival {
    /// Google's word for it, good once.
    pub code: String,
    /// From the departure.
    pub state: String,
    /// From the departure.
    pub code_verifier: String,
    /// From the departure.
    pub redirect_uri: String,
}

/// Somebody whom Google has vouched for.
#[derive(Debug, Clone)]
pub struct Proof {
    /// Who vouched: subjects are unique below it.
    pub issuer: String,
    /// Who it is.
    pub person: GooglePerson,
}

impl Google {
    /// The registration at `provider` whose secret is `client_secret`, for the site at `public_url` (an origin).
    #[must_use]
    pub fn new(provider: Provider, client_secret: &str, public_url: String) -> Self {
        Self { provider, key: ChallengeKey::of(client_secret), public_url }
    }

    /// Prepares somebody's way to Google and back to `redirect_uri`. Nothing is stored.
    ///
    /// # Errors
    /// [`Error::RedirectNotOurs`], or a failure of Google's.
    pub async fn depart(&self, redirect_uri: Option<String>, now: Timestamp) -> Result<Departure, Error> {
        let redirect_uri = redirect_uri.unwrap_or_else(|| format!("{}{PAGE}", self.public_url));
        if !is_our_page(&redirect_uri, &self.public_url) {
            return Err(Error::RedirectNotOurs(self.public_url.clone()));
        }
        let code_verifier = code_verifier(random()?);
        let state = self.key.state(&code_verifier, &redirect_uri, now);
        let nonce = self.key.nonce(&code_verifier);
        let attempt = Attempt { redirect_uri: &redirect_uri, code_verifier: &code_verifier, nonce: &nonce };
        let authorization_url = self.provider.authorization_url(attempt, &state, now).await?;
        Ok(Departure { authorization_url, state, code_verifier, redirect_uri, expires_in: LIFETIME_SECONDS })
    }

    /// Who has come back.
    ///
    /// # Errors
    /// [`Error::InvalidState`] for somebody who did not leave from here, or too long ago; [`Error::Provider`].
    pub async fn arrive(&self, arrival: &Arrival, now: Timestamp) -> Result<Proof, Error> {
        let Arrival { code, state, code_verifier, redirect_uri } = arrival;
        if !self.key.vouches_for(state, code_verifier, redirect_uri, now) {
            return Err(Error::InvalidState);
        }
        let nonce = self.key.nonce(code_verifier);
        let attempt = Attempt { redirect_uri, code_verifier, nonce: &nonce };
        let person = self.provider.redeem(attempt, code, now).await.inspect_err(|error| {
            // Mostly codes used twice; but so would look a clock or an issuer that is wrong.
            if let ProviderError::Refused(reason) = error {
                tracing::warn!(reason, "a log-in through Google is refused");
            }
        })?;
        Ok(Proof { issuer: self.provider.issuer().to_owned(), person })
    }
}
