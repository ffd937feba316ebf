//! Hashing and checking passwords: argon2id, PHC strings.

use argon2::password_hash::{Error as HashError, PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::domain::Password;

/// 30 MiB of memory, 3 passes, 1 lane: dearer for a guesser than OWASP's sets, at the price of the dearest of them
/// (docs/decisions/0008-argon2id-parameters.md). Stored hashes carry their own parameters, so these may be changed at any
/// time; a hash made with others is replaced when its owner logs in.
pub const PARAMS: Params = match Params::new(30_720, 3, 1, None) {
    Ok(params) => params,
    Err(_) => Params::DEFAULT,
};

/// Random bytes in the shape of a hash made with [`PARAMS`]: what a password is checked against when there is no account.
const DECOY: &str = "$argon2id$v=19$m=30720,t=3,p=1$MojHlGfTJoa6erdIvGCNCw$qfsSUHDdVvTP3XyBN/M9eBoQ3clamaTf7ABtbZ5xSB8";

/// What came of checking a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is not the one, or there is none.
    Wrong,
    /// It is the one.
    Right,
    /// It is the one, and its hash is not as [`PARAMS`] would have it.
    RightButOutdated,
}

/// A password could not be hashed or a stored hash not be read.
#[derive(Debug, thiserror::Error)]
pub enum HashingError {
    /// The parameters, the salt or the stored hash are unusable.
    #[error("argon2 failed: {0}")]
    Argon2(HashError),
    /// The thread that hashes ended early.
    #[error("the hashing thread ended early")]
    Interrupted(#[from] tokio::task::JoinError),
}

/// The PHC string to store of a new password.
///
/// # Errors
/// When no random salt is to be had, or the hashing thread is gone.
pub async fn hash(password: Password) -> Result<String, HashingError> {
    off_thread(move || argon2().hash_password(password.as_bytes()).map(|hash| hash.to_string())).await
}

/// Whether `password` is the one whose hash is `stored`. Without one it is wrong, after the same work.
///
/// # Errors
/// When `stored` is not a PHC string of argon2, or the hashing thread is gone.
pub async fn verify(password: Password, stored: Option<String>) -> Result<Verdict, HashingError> {
    off_thread(move || {
        let hash = stored.as_deref().unwrap_or(DECOY);
        match argon2().verify_password(password.as_bytes(), hash) {
            Ok(()) if stored.is_none() => Ok(Verdict::Wrong),
            Ok(()) if is_current(hash) => Ok(Verdict::Right),
            Ok(()) => Ok(Verdict::RightButOutdated),
            Err(HashError::PasswordInvalid) => Ok(Verdict::Wrong),
            Err(error) => Err(error),
        }
    })
    .await
}

/// Whether `hash` was made as a new one would be: up to the salt it is the same text.
fn is_current(hash: &str) -> bool {
    let made_with = |hash: &str| hash.splitn(5, '$').take(4).map(str::to_owned).collect::<Vec<_>>();
    made_with(hash) == made_with(DECOY)
}

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, PARAMS)
}

/// Hashing takes tens of milliseconds of pure computing; the runtime's own thread stays free for the network.
async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, HashError> + Send + 'static,
) -> Result<T, HashingError> {
    tokio::task::spawn_blocking(work).await?.map_err(HashingError::Argon2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(text: &str) -> Password {
        Password::new(text.to_owned())
    }

    #[tokio::test]
    async fn only_the_right_password_passes() {
        let stored = hash(password("correct horse")).await.unwrap();
        for (typed, stored, verdict) in [
            ("correct horse", Some(stored.clone()), Verdict::Right),
            ("correct horse ", Some(stored.clone()), Verdict::Wrong),
            ("correct horse", None, Verdict::Wrong),
        ] {
            assert_eq!(verify(password(typed), stored).await.unwrap(), verdict, "{typed}");
        }
        assert_ne!(stored, hash(password("correct horse")).await.unwrap(), "every hash has its own salt");
        assert!(verify(password("x"), Some("plain text".into())).await.is_err());
    }

    #[tokio::test]
    async fn hashes_of_other_days_still_pass_and_are_told_apart() {
        for (memory, passes, algorithm, version) in [
            (19_456, 2, Algorithm::Argon2id, Version::V0x13),
            (64, 1, Algorithm::Argon2id, Version::V0x13),
            (PARAMS.m_cost(), PARAMS.t_cost(), Algorithm::Argon2i, Version::V0x13),
            (PARAMS.m_cost(), PARAMS.t_cost(), Algorithm::Argon2id, Version::V0x10),
        ] {
            let former = Argon2::new(algorithm, version, Params::new(memory, passes, 1, None).unwrap());
            let stored = former.hash_password(b"correct horse").unwrap().to_string();
            let verdict = verify(password("correct horse"), Some(stored.clone())).await.unwrap();
            assert_eq!(verdict, Verdict::RightButOutdated, "{stored}");
            assert_eq!(verify(password("wrong"), Some(stored)).await.unwrap(), Verdict::Wrong);
        }
    }

    #[tokio::test]
    async fn the_decoy_costs_what_a_real_hash_costs() {
        let new = hash(password("anything")).await.unwrap();
        assert!(is_current(&new) && is_current(DECOY), "{new}");
        assert!(verify(password("anything"), Some(DECOY.into())).await.is_ok());
    }
}
