//! Is the platform there, and which version of it?

use kit::env::required;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Serialize;

#[derive(Debug, Serialize)]
struct Health<'a> {
    status: &'static str,
    version: &'a str,
}

/// The version that the deployment names in `VERSION`, or the one in the manifest.
#[must_use]
pub fn version() -> String {
    required("VERSION").unwrap_or_else(|_| env!("CARGO_PKG_VERSION").to_owned())
}

/// Answers that the platform is there. It asks nothing of anybody, so that a slow table does not look like an outage.
///
/// # Errors
/// Never in practice: the answer always serialises.
pub fn handle(version: &str, _call: &Call) -> Result<Reply, Problem> {
    Reply::ok(&Health { status: "ok", version })
}
