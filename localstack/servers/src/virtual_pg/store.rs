//! The state file: the whole ledger as JSON, replaced in one step.

use std::io::ErrorKind;
use std::path::Path;

use super::Ledger;

/// Reads a ledger; an absent file is an empty one.
pub(super) async fn load(path: &Path) -> std::io::Result<Ledger> {
    match tokio::fs::read(path).await {
        Ok(json) => Ok(serde_json::from_slice(&json)?),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Ledger::default()),
        Err(error) => Err(error),
    }
}

/// Replaces the file, so that a crash leaves either the old state or the new one.
pub(super) async fn save(path: &Path, json: Vec<u8>) -> std::io::Result<()> {
    let fresh = path.with_extension("tmp");
    tokio::fs::write(&fresh, json).await?;
    tokio::fs::rename(&fresh, path).await
}
