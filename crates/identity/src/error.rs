//! Why a use case said no, and what the caller hears of it.

use kit::dynamo::StoreError;
use kit::problem::{Problem, Violation};

use crate::domain::attempts::TooEarly;
use crate::keys::KeyError;
use crate::passwords::HashingError;
use crate::provider::ProviderError;

/// A use case's refusal or failure.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Somebody has an account with this address.
    #[error("the e-mail address has an account already")]
    EmailTaken,
    /// No such account, or not its password; nobody is told which.
    #[error("e-mail and password belong to no account")]
    InvalidCredentials,
    /// Too many wrong passwords; the next one may come in so many seconds.
    #[error("too many attempts, wait {0} s")]
    TooManyAttempts(u32),
    /// Not a refresh token, expired, logged out, or used before.
    #[error("the refresh token is not valid any more")]
    InvalidRefreshToken,
    /// Somebody comes back from another provider who did not leave from here, or too long ago.
    #[error("the log-in was not begun here, or too long ago")]
    InvalidState,
    /// The other provider does not say whose the address is, or that no mail can be sent to it.
    #[error("the provider vouches for no e-mail address")]
    EmailNotVerified,
    /// People must come back to a page below this origin.
    #[error("the redirect URI is not below {0}")]
    RedirectNotOurs(String),
    /// No such account, or not one the caller may see.
    #[error("there is no such account")]
    UnknownAccount,
    /// The account has changed since the caller looked at it.
    #[error("the account is at version {current}")]
    VersionConflict {
        /// What it is at.
        current: u64,
    },
    /// Only administrators may, and this is none any more, whatever their token says.
    #[error("only administrators may do this")]
    NotAdmin,
    /// Administrators do not change their own roles: the last one could lock everybody out.
    #[error("nobody changes their own role")]
    OwnRole,
    /// Another provider did not vouch for anybody.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// The table did not do what was asked.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A password could not be hashed.
    #[error(transparent)]
    Hashing(#[from] HashingError),
    /// A token could not be signed, or no randomness was to be had.
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl From<TooEarly> for Error {
    fn from(TooEarly { wait }: TooEarly) -> Self {
        Self::TooManyAttempts(wait)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::EmailTaken => Self::conflict("email_taken", "There is an account with this e-mail address."),
            Error::InvalidCredentials => Self::new(401, "invalid_credentials", "E-mail or password is wrong."),
            Error::TooManyAttempts(wait) => {
                Self::new(429, "too_many_attempts", "Too many attempts to log in. Please wait.").retry_after(wait)
            }
            Error::InvalidRefreshToken => {
                Self::new(401, "invalid_refresh_token", "This session has ended. Please log in again.")
            }
            Error::InvalidState => {
                Self::new(401, "invalid_state", "This log-in was not begun here, or too long ago. Please begin again.")
            }
            Error::EmailNotVerified => {
                Self::new(403, "email_not_verified", "Google does not say that an e-mail address is yours.")
            }
            Error::RedirectNotOurs(origin) => Self::invalid(vec![Violation {
                pointer: "/redirectUri".into(),
                detail: format!("must be a page of {origin}, without a fragment, of at most 1000 characters"),
            }]),
            Error::UnknownAccount => Self::not_found(),
            Error::VersionConflict { current } => {
                Self::conflict("version_conflict", format!("the account is at version {current}"))
                    .with("version", current)
            }
            Error::NotAdmin => Self::forbidden(),
            Error::OwnRole => Self::conflict("own_role", "Another administrator has to change your role."),
            Error::Provider(ProviderError::Refused(_)) => {
                Self::new(401, "invalid_code", "Google does not confirm this log-in. Please begin again.")
            }
            Error::Provider(error @ ProviderError::Unavailable(_)) => Self::unavailable(error),
            Error::Store(error) => error.into(),
            Error::Provider(ProviderError::Misconfigured(_)) | Error::Hashing(_) | Error::Key(_) => {
                Self::internal(error)
            }
        }
    }
}
