//! Why a use case said no, and what the caller hears of it.

use kit::dynamo::StoreError;
use kit::problem::Problem;

use crate::domain::attempts::TooEarly;
use crate::keys::KeyError;
use crate::passwords::HashingError;

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
    /// No such account, or not one the caller may see.
    #[error("there is no such account")]
    UnknownAccount,
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
            Error::UnknownAccount => Self::not_found(),
            Error::Store(error) => error.into(),
            Error::Hashing(_) | Error::Key(_) => Self::internal(error),
        }
    }
}
