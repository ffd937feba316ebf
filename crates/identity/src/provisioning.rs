//! Where the signing keys are kept, and where their public halves are published.

mod discovery;
mod key_store;

use aws_sdk_secretsmanager::error::DisplayErrorContext;

use crate::keys::{KeyError, KeyRing};

pub use discovery::{CONFIGURATION, Discovery, KEY_SET, Published};
pub use key_store::{KeyStore, Stored};

/// Tries of a change that others get in the way of.
const PUBLISH_TRIES: u32 = 5;

/// Keys could not be read, made or published.
#[derive(Debug, thiserror::Error)]
pub enum ProvisioningError {
    /// There is no key yet, so nothing can be signed.
    #[error("the secret holds no signing key yet")]
    NoKey,
    /// Others were changing the same things all the time.
    #[error("the keys are being changed by others")]
    Contended,
    /// A key is unusable.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Secrets Manager or S3 did not do what was asked.
    #[error("{action} failed: {reason}")]
    Aws {
        /// What was asked.
        action: &'static str,
        /// What came back.
        reason: String,
    },
}

/// Publishes the keys that are stored as those of `issuer`, and says which these are. Whoever publishes beside it is
/// never overwritten with something older: what is published is looked at before what is stored.
///
/// # Errors
/// When nothing is stored, when AWS does not answer, or when others publish all the time.
pub async fn publish(keys: &KeyStore, discovery: &Discovery, issuer: &str) -> Result<KeyRing, ProvisioningError> {
    for _ in 0..PUBLISH_TRIES {
        let published = discovery.published().await?;
        let ring = keys.ring().await?;
        if discovery.replace(&published, &ring).await? {
            // The document after the keys that it points at.
            discovery.configure(issuer).await?;
            return Ok(ring);
        }
    }
    Err(ProvisioningError::Contended)
}

fn aws(action: &'static str, error: &(impl std::error::Error + 'static)) -> ProvisioningError {
    ProvisioningError::Aws { action, reason: DisplayErrorContext(error).to_string() }
}
