//! Beginning and prolonging sessions: everything that signs.

use contracts::identity::{Locale, Provider, UserState};
use contracts::ids::UserId;
use jiff::{SignedDuration, Timestamp};
use kit::dynamo::StoreError;
use uuid::Uuid;

use crate::changes::pause;
use crate::domain::refresh_token::Family;
use crate::domain::{Attempts, Email, Network, Password, RefreshToken, account};
use crate::google::Proof;
use crate::passwords::Verdict;
use crate::random::random;
use crate::signer::Signer;
pub use crate::store::REFRESH_LIFETIME_SECONDS;
use crate::store::{Account, LogIn, Rotation, Store, Subject};
use crate::tokens::AccessTokens;
use crate::{Error, passwords, tokens};

/// Tries to count an attempt that others count beside it.
const COUNT_TRIES: u32 = 10;

/// For how long a browser may trade the same refresh token again. A page that is reloaded before the answer came has
/// spent the token and keeps it: the next page shows it once more, moments later.
pub const BROWSER_GRACE: SignedDuration = SignedDuration::from_secs(10);

/// Tries to find or make the account of somebody who logs in several times at once.
const LINK_TRIES: u32 = 8;

/// Opens accounts, logs people in and keeps them so.
#[derive(Debug, Clone)]
pub struct Sessions {
    store: Store,
    signer: Signer,
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
    /// Over this table, signing with this.
    #[must_use]
    pub const fn new(store: Store, signer: Signer) -> Self {
        Self { store, signer }
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
            self.session(user, &token, now).await
        } else {
            Err(Error::EmailTaken)
        }
    }

    /// Logs somebody in who is at `network`, if that is known. An address without an account costs the same calls and the
    /// same hashing as a wrong password.
    ///
    /// # Errors
    /// [`Error::InvalidCredentials`], [`Error::TooManyAttempts`], or a failure.
    pub async fn log_in(
        &self,
        email: &str,
        password: Password,
        network: Option<Network>,
        now: Timestamp,
    ) -> Result<Session, Error> {
        let Some(network) = network else { return self.check(email, password, now).await };
        self.store.count_from(network, now).await??;
        let outcome = self.check(email, password, now).await;
        // Only guesses count against a place: not what was right, came too early to be looked at, or failed here.
        if !matches!(outcome, Err(Error::InvalidCredentials))
            && let Err(error) = self.store.take_back_from(network, now).await
        {
            tracing::warn!(%error, "an attempt that was no guess counts against its place");
        }
        outcome
    }

    /// Begins a session of whoever has this address and this password.
    async fn check(&self, email: &str, password: Password, now: Timestamp) -> Result<Session, Error> {
        let Ok(email) = Email::parse(email) else {
            // No account can have it. Takes its time all the same.
            passwords::verify(password, None).await?;
            return Err(Error::InvalidCredentials);
        };
        let known = self.count_attempt(&email, now).await?;
        let (owner, stored) = known.credentials.map(|known| (known.user_id, known.password_hash)).unzip();
        let stored = stored.flatten();
        let verdict = passwords::verify(password.clone(), stored.clone()).await?;
        let Some(owner) = owner.filter(|_| verdict != Verdict::Wrong) else { return Err(Error::InvalidCredentials) };

        self.store.forget_attempts(&email).await?;
        if let (Verdict::RightButOutdated, Some(before)) = (verdict, stored)
            && let Err(error) = self.rehash(&email, &before, password).await
        {
            tracing::warn!(%error, "a password's hash stays as it was until the next log-in");
        }
        // The password may have been dropped since it was read, because somebody else has proved to own the address.
        let account = self.store.account(owner).await?.filter(|account| account.user.provider == Provider::Local);
        self.begin(account.ok_or(Error::InvalidCredentials)?, now).await
    }

    /// Logs somebody in whom Google has vouched for. Their account is the one that has been theirs before; else the one
    /// with their address, from which whoever was logged in goes, and whose password goes with them: nobody ever proved
    /// that the address was theirs. Else a new one, `id`, written to in `locale`.
    ///
    /// # Errors
    /// [`Error::EmailNotVerified`]; [`Error::EmailTaken`] by an account that is not to be linked
    /// ([`account::link_google`]); or a failure.
    pub async fn log_in_with_google(
        &self,
        proof: &Proof,
        id: UserId,
        locale: Locale,
        now: Timestamp,
    ) -> Result<Session, Error> {
        let Proof { issuer, person } = proof;
        let subject = Subject::new(issuer, &person.subject);
        let mut refused = false;
        for attempt in 1..=LINK_TRIES {
            if let Some(owner) = self.store.owner(&subject).await? {
                let account = self.store.account(owner).await?.ok_or(Error::UnknownAccount)?;
                return self.begin(account, now).await;
            }
            let email = person.email.as_ref().ok_or(Error::EmailNotVerified)?;
            let done = match self.store.log_in(email).await?.credentials {
                None => {
                    let user = account::open_with_google(id, email, person, locale);
                    self.store.open(&user, email, &subject, now).await?
                }
                Some(owner) => {
                    let user = self.store.user(owner.user_id).await?.ok_or(Error::UnknownAccount)?;
                    match account::link_google(&user, issuer, person) {
                        Some(next) => self.store.link(&next, email, &subject, now).await?,
                        None if refused => return Err(Error::EmailTaken),
                        // Or it is theirs, since a moment ago: then the subject is found next.
                        None => {
                            refused = true;
                            false
                        }
                    }
                }
            };
            if !done {
                // The same person, a moment earlier; or somebody who registers or changes the account.
                pause(attempt).await;
            }
        }
        Err(StoreError::Contended.into())
    }

    /// Trades a refresh token for the next session. A token that was traded before ends its family: somebody has a copy,
    /// and who of the two is the thief cannot be told.
    ///
    /// A client that never got the answer has spent its token too and has to log in again.
    ///
    /// # Errors
    /// [`Error::InvalidRefreshToken`], or a failure, after which the token may be spent.
    pub async fn refresh(&self, token: &str, now: Timestamp) -> Result<Session, Error> {
        self.trade(token, SignedDuration::ZERO, now).await
    }

    /// The same for a browser, which may show the token that it traded last again for [`BROWSER_GRACE`], and gets the
    /// same successor: the login still has one token that is good, and whoever shows the old one later ends it.
    ///
    /// # Errors
    /// As [`Sessions::refresh`].
    pub async fn refresh_in_browser(&self, token: &str, now: Timestamp) -> Result<Session, Error> {
        self.trade(token, BROWSER_GRACE, now).await
    }

    async fn trade(&self, token: &str, grace: SignedDuration, now: Timestamp) -> Result<Session, Error> {
        let token = RefreshToken::parse(token).ok_or(Error::InvalidRefreshToken)?;
        // Everything that may fail or take its time comes first: once the token is spent, its successor has to arrive.
        let tokens = self.signer.tokens(now).await;
        let account = self.store.account(token.family.user).await?.ok_or(Error::InvalidRefreshToken)?;
        match self.store.rotate(&token, &random()?, account.era, grace, now).await? {
            Rotation::Done(next) => session(&tokens, account.user, &next, now),
            Rotation::Ended => Err(Error::InvalidRefreshToken),
            Rotation::Reused => {
                self.store.end_family(token.family).await?;
                Err(Error::InvalidRefreshToken)
            }
        }
    }

    /// Stores a password's hash as new ones are made.
    async fn rehash(&self, email: &Email, before: &str, password: Password) -> Result<(), Error> {
        Ok(self.store.rehash(email, before, &passwords::hash(password).await?).await?)
    }

    /// Counts an attempt to log in with `email` and says what is known of it.
    async fn count_attempt(&self, email: &Email, now: Timestamp) -> Result<LogIn, Error> {
        for attempt in 1..=COUNT_TRIES {
            let known = self.store.log_in(email).await?;
            let counted = Attempts::another(known.attempts, now)?;
            if self.store.count_attempt(email, known.attempts, counted).await? {
                return Ok(known);
            }
            pause(attempt).await;
        }
        Err(Error::TooManyAttempts(1))
    }

    /// Begins a login of its own.
    async fn begin(&self, account: Account, now: Timestamp) -> Result<Session, Error> {
        let Account { user, era } = account;
        let token = RefreshToken::new(Family::new(user.id, random()?), random()?);
        self.store.start_family(&token, era, now).await?;
        self.session(user, &token, now).await
    }

    async fn session(&self, user: UserState, token: &RefreshToken, now: Timestamp) -> Result<Session, Error> {
        session(&*self.signer.tokens(now).await, user, token, now)
    }
}

fn session(tokens: &AccessTokens, user: UserState, token: &RefreshToken, now: Timestamp) -> Result<Session, Error> {
    Ok(Session {
        access_token: tokens.issue(&user, Uuid::now_v7(), now)?,
        refresh_token: token.reveal(),
        expires_in: tokens::LIFETIME_SECONDS,
        user,
    })
}
