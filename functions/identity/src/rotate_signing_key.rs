//! Replacing the key that signs access tokens, step by step; a schedule and operators invoke it, no route leads to it.

use identity::provisioning::ProvisioningError;
use identity::rotation::{Report, Rotation};
use jiff::Timestamp;
use serde::Deserialize;

/// The payload of the invocation, `{}` or `{"start": true}`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Request {
    /// Begin a rotation, if none is under way, however young the key is.
    pub start: bool,
}

/// Does what is due and answers where the rotation stands. Harmless to repeat, also beside itself.
///
/// # Errors
/// When AWS does not answer; the next invocation goes on from there.
pub async fn handle(rotation: &Rotation, request: Request) -> Result<Report, ProvisioningError> {
    let report = rotation.advance(request.start, Timestamp::now()).await?;
    tracing::info!(
        function = "rotate-signing-key",
        stage = ?report.stage,
        current = report.current,
        keys = report.keys.len(),
        next_step_at = %report.next_step_at,
    );
    Ok(report)
}
