//! Secrets from the system's randomness.

use crate::Error;
use crate::keys::KeyError;

/// Bytes that nobody can guess.
///
/// # Errors
/// When the system has none.
pub fn random<const LENGTH: usize>() -> Result<[u8; LENGTH], Error> {
    let mut bytes = [0; LENGTH];
    aws_lc_rs::rand::fill(&mut bytes).map_err(KeyError::from)?;
    Ok(bytes)
}
