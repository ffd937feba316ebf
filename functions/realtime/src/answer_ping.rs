//! `ping`: keeps a connection, which API Gateway ends after ten silent minutes.

use kit::problem::Problem;
use realtime::message::Body;

use crate::socket::Call;

/// Answers `pong`.
///
/// # Errors
/// None: a ping has nothing that could be wrong.
pub async fn handle(_call: Call) -> Result<Vec<Body>, Problem> {
    Ok(vec![Body::Pong])
}
