//! Beginning and prolonging sessions: everything that signs.

use std::time::Duration;

use contracts::identity::{Locale, UserState};
use contracts::ids::UserId;
use jiff::Timestamp;
use uuid::Uuid;

use crate::domain::refresh_token::Family;
use crate::domain::{Attempts, Email, Password, RefreshToken, account};
use crate::keys::KeyError;
use crate::store::{LogIn, Rotation, Store};
use crate::tokens::{self, AccessTokens};
use crate::{Error, passwords};

/// Tries to count an attempt that others count beside it.
const COUNT_TRIES: u32 = 10;

/// Opens accounts, logs people in and keeps them so.
#[derive(Debug, Clone)]
pub struct Sessions {
    store: Store,
    tokens: AccessTokens,
}

/// What a person gives to open an account. Checked: the handler has told them what is wrong with it.
#[derive(Debug, Clone)]
pub struct Registration {
    /// The account's id.
    pub id: UserId,
    /// Their address.
    pub email: Email,
    /// What to call them.
    pub name: String,
    /// Their password.
    pub password: Password,
    /// How to write to them.
    pub locale: Locale,
}

/// Somebody is logged in.
#[derive(Debug, Clone)]
pub struct Session {
    /// Names them to the API, for a short while.
    pub access_token: String,
    /// Buys the next session, once.
    pub refresh_token: String,
    /// How long the access token is good for, in seconds.
    pub expires_in: i64,
    /// Who.
    pub user: UserState,
}

impl Sessions {
    /// Over this table, signing with these tokens.
    #[must_use]
    pub const fn new(store: Store, tokens: AccessTokens) -> Self {
        Self { store, tokens }
    }

    /// Opens an account and logs its owner in. Of any number of people who want one address, one gets it.
    ///
    /// # Errors
    /// [`Error::EmailTaken`]; or a failure, after which the account may exist and its owner can log in.
    pub async fn register(&self, registration: Registration, now: Timestamp) -> Result<Session, Error> {
        let Registration { id, email, name, password, locale } = registration;
        let hash = passwords::hash(password).await?;
        let user = account::open(id, &email, &name, locale);
        let token = RefreshToken::new(Family::new(id, random()?), random()?);
        if self.store.register(&user, &email, &hash, &token, now).await? {
            self.session(user, &token, now)
        } else {
            Err(Error::EmailTaken)
        }
    }

    /// Logs somebody in. An address without an account costs the same calls and the same hashing as a wrong password.
    ///
    /// # Errors
    /// [`Error::InvalidCredentials`], [`Error::TooManyAttempts`], or a failure.
    pub async fn log_in(&self, email: &str, password: Password, now: Timestamp) -> Result<Session, Error> {
        let Ok(email) = Email::parse(email) else {
            // No account can have it. Takes its time all the same.
            passwords::verify(password, None).await?;
            return Err(Error::InvalidCredentials);
        };
        let known = self.count_attempt(&email, now).await?;
        let (owner, stored) = known.credentials.map(|known| (known.user_id, known.password_hash)).unzip();
        let right = passwords::verify(password, stored.flatten()).await?;
        let Some(owner) = owner.filter(|_| right) else { return Err(Error::InvalidCredentials) };

        self.store.forget_attempts(&email).await?;
        let user = self.store.user(owner).await?.ok_or(Error::InvalidCredentials)?;
        let token = RefreshToken::new(Family::new(owner, random()?), random()?);
        self.store.start_family(&token, now).await?;
        self.session(user, &token, now)
    }

    /// Trades a refresh token for the next session. A token that was traded before ends its family: somebody has a copy,
    /// and who of the two is the thief cannot be told.
    ///
    /// A client that never got the answer has spent its token too and has to log in again; a grace period would give a
    /// thief the same.
    ///
    /// # Errors
    /// [`Error::InvalidRefreshToken`], or a failure, after which the token may be spent.
    pub async fn refresh(&self, token: &str, now: Timestamp) -> Result<Session, Error> {
        let token = RefreshToken::parse(token).ok_or(Error::InvalidRefreshToken)?;
        // Read first: once the token is spent, nothing may fail any more.
        let user = self.store.user(token.family.user).await?.ok_or(Error::InvalidRefreshToken)?;
        let next = RefreshToken::new(token.family, random()?);
        match self.store.rotate(&token, &next, now).await? {
            Rotation::Done => self.session(user, &next, now),
            Rotation::Ended => Err(Error::InvalidRefreshToken),
            Rotation::Reused => {
                self.store.end_family(token.family).await?;
                Err(Error::InvalidRefreshToken)
            }
        }
    }

    /// Counts an attempt to log in with `email` and says what is known of it.
    async fn count_attempt(&self, email: &Email, now: Timestamp) -> Result<LogIn, Error> {
        for attempt in 1..=COUNT_TRIES {
            let known = self.store.log_in(email).await?;
            let counted = Attempts::another(known.attempts, now)?;
            if self.store.count_attempt(email, known.attempts, counted).await? {
                return Ok(known);
            }
            tokio::time::sleep(kit::retry::backoff(attempt, Duration::from_millis(10), Duration::from_millis(100)))
                .await;
        }
        Err(Error::TooManyAttempts(1))
    }

    fn session(&self, user: UserState, token: &RefreshToken, now: Timestamp) -> Result<Session, Error> {
        Ok(Session {
            access_token: self.tokens.issue(&user, Uuid::now_v7(), now)?,
            refresh_token: token.reveal(),
            expires_in: tokens::LIFETIME_SECONDS,
            user,
        })
    }
}

fn random<const LENGTH: usize>() -> Result<[u8; LENGTH], Error> {
    let mut bytes = [0; LENGTH];
    aws_lc_rs::rand::fill(&mut bytes).map_err(KeyError::from)?;
    Ok(bytes)
}
