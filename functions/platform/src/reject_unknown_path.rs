//! Where no route leads.

use kit::http::{Call, Reply};
use kit::problem::Problem;

/// Refuses like every other function does, where the gateway's own answer would be another kind of JSON.
///
/// # Errors
/// Always: 404.
pub fn handle(_call: &Call) -> Result<Reply, Problem> {
    Err(Problem::not_found())
}
